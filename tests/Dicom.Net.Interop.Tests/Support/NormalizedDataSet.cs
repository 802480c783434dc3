namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A small data set with a sequence, as the N services send it, on our side and on dcmjs-dimse's.</summary>
internal static class NormalizedDataSet
{
    private const string ReferencedInstance = "1.2.3.4.5";

    /// <summary>A transaction UID, a name, and a sequence with one item.</summary>
    public static DicomDataSet Make(string transaction)
    {
        var item = new DicomDataSet();
        item.Set(DicomTag.ReferencedSOPClassUID, DicomUids.CTImageStorage);
        item.Set(DicomTag.ReferencedSOPInstanceUID, ReferencedInstance);
        var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.TransactionUID, transaction);
        dataSet.Set(DicomTag.PatientName, "Doe^Jane");
        dataSet.SetItems(DicomTag.ReferencedSOPSequence, item);
        return dataSet;
    }

    /// <summary>The same for scu.js.</summary>
    public static object MakeForDcmjs(string transaction) => new Dictionary<string, object>
    {
        ["TransactionUID"] = transaction,
        ["PatientName"] = "Doe^Jane",
        ["ReferencedSOPSequence"] = new[]
        {
            new Dictionary<string, object>
            {
                ["ReferencedSOPClassUID"] = DicomUids.CTImageStorage,
                ["ReferencedSOPInstanceUID"] = ReferencedInstance,
            },
        },
    };

    public static void AssertMade(string transaction, DicomDataSet? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(transaction, actual.GetString(DicomTag.TransactionUID));
        Assert.Equal("Doe^Jane", actual.GetString(DicomTag.PatientName));
        var item = Assert.Single(actual.GetItems(DicomTag.ReferencedSOPSequence));
        Assert.Equal(DicomUids.CTImageStorage, item.GetString(DicomTag.ReferencedSOPClassUID));
        Assert.Equal(ReferencedInstance, item.GetString(DicomTag.ReferencedSOPInstanceUID));
    }

    public static void AssertMade(string transaction, DcmjsMessage message)
    {
        Assert.NotNull(message.Elements);
        Assert.Equal(transaction, message.Elements["TransactionUID"].GetString());
        Assert.Equal("Doe^Jane", message.Elements["PatientName"][0].GetProperty("Alphabetic").GetString());
        var item = Assert.Single(message.Elements["ReferencedSOPSequence"].EnumerateArray());
        Assert.Equal(DicomUids.CTImageStorage, item.GetProperty("ReferencedSOPClassUID").GetString());
        Assert.Equal(ReferencedInstance, item.GetProperty("ReferencedSOPInstanceUID").GetString());
    }

    /// <summary>A copy that lives on when the callback has ended.</summary>
    public static DicomDataSet CopyOf(DicomDataSet dataSet)
    {
        var copy = new DicomDataSet(dataSet.TransferSyntax);
        foreach (var element in dataSet)
        {
            if (element.VR == DicomVR.SQ)
            {
                copy.SetItems(element.Tag, element.GetItems().Select(CopyOf));
            }
            else
            {
                copy.SetBytes(element.Tag, element.VR, element.GetBytes());
            }
        }

        return copy;
    }
}
