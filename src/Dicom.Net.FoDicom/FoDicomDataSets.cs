using System.IO.Compression;
using FellowOakDicom;
using FellowOakDicom.IO;
using FellowOakDicom.IO.Writer;

namespace Dicom.Net.FoDicom;

/// <summary>Data sets of Dicom.Net as fo-dicom's, and the other way round.</summary>
public static class FoDicomDataSets
{
    /// <summary>Above this a data set of fo-dicom's goes through a file, as a received one does by default.</summary>
    private const long MemoryThreshold = 1024 * 1024;

    /// <summary>The data set as fo-dicom's, in the transfer syntax that it is in: parsed at once, but for large values.</summary>
    /// <param name="dataSet">A data set.</param>
    /// <returns>
    /// A data set whose values of 64 KiB and more are read when they are asked for, from where the bytes lie: in the spooled file of a received
    /// instance, say. They can be read until <paramref name="dataSet"/> is disposed of, which happens to a received one when its request
    /// has been answered: <see cref="DicomDataSet.Copy"/> it to keep it.
    /// </returns>
    /// <exception cref="DicomFileException">fo-dicom cannot parse it.</exception>
    /// <exception cref="DataSetException">It was changed, and is malformed.</exception>
    /// <exception cref="ObjectDisposedException">The data set has been disposed of.</exception>
    public static DicomDataset ToFoDicomDataset(this DicomDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        var header = MinimalHeader.Of(dataSet.TransferSyntax);
        return DicomFile.Open(new PrefixedStream(header, dataSet.OpenEncoded()), FileReadOption.ReadLargeOnDemand).Dataset;
    }

    /// <summary>As <see cref="ToFoDicomDataset"/>, as a file: fo-dicom makes its File Meta Information of the data set.</summary>
    /// <param name="dataSet">A composite instance.</param>
    /// <returns>The file; its large values are read when they are asked for.</returns>
    /// <exception cref="DicomFileException">fo-dicom cannot parse it.</exception>
    public static DicomFile ToFoDicomFile(this DicomDataSet dataSet) => new(dataSet.ToFoDicomDataset());

    /// <summary>
    /// A data set of fo-dicom's, in the transfer syntax that it is in, as fo-dicom sends it: values bit for bit, sequences of undefined length, no group
    /// lengths.
    /// </summary>
    /// <param name="dataset">A data set. What is changed in it later does not appear in the result.</param>
    /// <returns>
    /// The data set, to be disposed of. Up to 1 MiB it is in memory; above, in a file of the system's folder of temporary files, which is gone when it is
    /// disposed of.
    /// </returns>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public static DicomDataSet ToDicomDataSet(this DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var syntax = dataset.InternalTransferSyntax;

        // The copy has the values of this one. Group lengths are retired (PS3.5 §7.2), and wrong as soon as anything is changed.
        var copy = dataset.Clone();
        copy.RemoveGroupLengths();
        if (new DicomWriteLengthCalculator(syntax, DicomWriteOptions.Default).Calculate(copy) > MemoryThreshold)
        {
            return ThroughFile(copy);
        }

        var bytes = new MemoryStream();
        Write(copy, bytes);
        return DicomDataSet.FromEncoded(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), syntax.UID.UID);
    }

    /// <summary>As the other overload, of a file's data set.</summary>
    /// <param name="file">A file. Its File Meta Information is made anew where the result is saved.</param>
    public static DicomDataSet ToDicomDataSet(this DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Dataset.ToDicomDataSet();
    }

    private static DicomDataSet ThroughFile(DicomDataset dataset)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var file = Create(path))
            {
                file.Write(MinimalHeader.Of(dataset.InternalTransferSyntax.UID.UID));
                Write(dataset, file);
            }

            return DicomDataSet.Load(path);
        }
        finally
        {
            // The data set has it open: the name goes now, the bytes with the data set.
            File.Delete(path);
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // Others look into that folder.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }

    private static void Write(DicomDataset dataset, Stream destination)
    {
        var syntax = dataset.InternalTransferSyntax;
        if (syntax.IsDeflate)
        {
            WriteDeflated(dataset, destination);
        }
        else
        {
            WriteElements(dataset, destination);
        }
    }

    /// <summary>The data set as a whole is deflated, and a NUL makes the length even (PS3.5 §A.5).</summary>
    private static void WriteDeflated(DicomDataset dataset, Stream destination)
    {
        var start = destination.Position;
        using (var deflated = new DeflateStream(destination, CompressionLevel.Optimal, leaveOpen: true))
        {
            WriteElements(dataset, deflated);
        }

        if ((destination.Position - start) % 2 != 0)
        {
            destination.WriteByte(0);
        }
    }

    private static void WriteElements(DicomDataset dataset, Stream destination)
    {
        var writer = new DicomWriter(dataset.InternalTransferSyntax, DicomWriteOptions.Default, new StreamByteTarget(destination));
        new DicomDatasetWalker(dataset).Walk(writer);
    }
}
