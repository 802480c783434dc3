using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

/// <summary>What inflating a deflated data set costs, and for how long.</summary>
public sealed class DeflatedDataSetTests
{
    [Fact]
    public void Dispose_Inflated_LetsGoOfWhatWasInflated()
    {
        DicomDataSet dataSet = Parse(Deflated(), DicomUids.DeflatedExplicitVRLittleEndian);
        WeakReference inflated = Inflate(dataSet);

        dataSet.Dispose();
        GC.Collect();

        Assert.False(inflated.IsAlive);
        GC.KeepAlive(dataSet);
    }

    [Fact]
    public void Read_MoreThanTheLimit_IsInflatedOnceAndThrowsTheSameEachTime()
    {
        CountedDataSet bomb = new(Deflated(), DicomUids.DeflatedExplicitVRLittleEndian);
        using DicomDataSet dataSet = new(bomb, meta: null, new() { MaximumInflatedLength = 3 });
        string message = Assert.Throws<DataSetException>(() => dataSet.TryGetString(DicomTag.PatientID, out _)).Message;

        Assert.Contains("more than 3 bytes", message, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Throws<DataSetException>(() => dataSet.Count).Message);
        Assert.Equal(1, bomb.Beginnings);
    }

    [Fact]
    public async Task Read_ByTwoThreadsAtOnce_InflatesOnce()
    {
        Task<string?>? other = null;
        DicomDataSet? dataSet = null;
        CountedDataSet deflated = null!;
        deflated = new(Deflated(), DicomUids.DeflatedExplicitVRLittleEndian)
        {
            AtBeginning = () =>
            {
                if (deflated.Beginnings == 1)
                {
                    other = ReadBesideUntilItWaits(dataSet!, () => deflated.Beginnings > 1);
                }
            },
        };
        using DicomDataSet read = dataSet = new(deflated, meta: null);

        Assert.Equal("4711", read.GetString(DicomTag.PatientID));
        Assert.Equal("4711", await other!.WithTimeout());
        Assert.Equal(1, deflated.Beginnings);
    }

    [Fact]
    public void Read_SeveralPieces_AreThereToTheLastByte()
    {
        byte[] value = new byte[5_000_000];
        new Random(4711).NextBytes(value);
        using DicomDataSet dataSet = Parse(
            DataSetReaderTests.Deflate(Join(Explicit(0x00100020, "LO", "4711"), Explicit(0x00420011, "OB", value))),
            DicomUids.DeflatedExplicitVRLittleEndian);

        Assert.Equal(value, dataSet.GetBytes(0x00420011));
    }

    private static byte[] Deflated() => DataSetReaderTests.Deflate(Explicit(0x00100020, "LO", "4711"));

    // Apart, so that no register of the test holds what it inflates.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Inflate(DicomDataSet dataSet)
    {
        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        return new(dataSet.Content.Source);
    }

    // Until the other thread waits for this one, or does the same work.
    private static Task<string?> ReadBesideUntilItWaits(DicomDataSet dataSet, Func<bool> isReading)
    {
        TaskCompletionSource<string?> text = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() => text.SetResult(dataSet.GetString(DicomTag.PatientID))) { IsBackground = true };
        thread.Start();
        Assert.True(SpinWait.SpinUntil(
            () => isReading() || thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(30)));
        return text.Task;
    }
}
