using System.Globalization;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>An SCU that stores one data set after the other in one association, whatever their command sets say of them.</summary>
internal sealed class StoringScu : IDisposable
{
    private readonly DicomNet _scu = new(null, DicomNetSecurityMode.None);
    private readonly TaskCompletionSource _associated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<DicomCommandStatusType> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _messageId;

    private StoringScu(string calling, string called, string sopClass)
    {
        Request = new DicomAssociate(request: true) { Called = called, Calling = calling };
        Context = Request.Propose(sopClass, DicomUids.ExplicitVRLittleEndian);
        _scu.Connected += (_, connected) => Begin(connected.Error);
        _scu.AssociateAcceptReceived += (_, _) => _associated.TrySetResult();
        _scu.AssociateRejectReceived += (_, rejection) =>
            End($"rejected {(int)rejection.Result}/{(int)rejection.Source}/{(int)rejection.Reason}");
        _scu.CStoreResponseReceived += (_, response) => _answer.TrySetResult(response.Status);
        _scu.Closed += (_, closed) => End($"closed: {closed.Error}");
    }

    private DicomAssociate Request { get; }

    private byte Context { get; }

    /// <summary>Opens an association for one SOP class.</summary>
    /// <exception cref="IOException">There is none; the message says why: <c>rejected 2/3/2</c>, <c>closed: …</c>.</exception>
    public static async Task<StoringScu> AssociateAsync(
        string port, string calling = "STORING", string called = "STORED", string sopClass = DicomUids.SecondaryCaptureImageStorage)
    {
        var scu = new StoringScu(calling, called, sopClass);
        try
        {
            scu._scu.Connect(null, 0, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture)).ThrowIfFailed();
            await scu._associated.Task.WithTimeout();
            return scu;
        }
        catch
        {
            scu.Dispose();
            throw;
        }
    }

    /// <summary>Stores a data set.</summary>
    /// <returns>The answer.</returns>
    public async Task<DicomCommandStatusType> StoreAsync(string sopClass, string instance, DicomDataSet dataSet)
    {
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _scu.SendCStoreRequest(
            Context, ++_messageId, sopClass, instance, DicomCommandPriorityType.Medium, null, 0, dataSet).ThrowIfFailed();
        return await _answer.Task.WithTimeout();
    }

    /// <summary>Makes an instance of the study 1.2.3, and stores it.</summary>
    public async Task<DicomCommandStatusType> StoreAsync(string uid, int pixelBytes, byte pixel = 0)
    {
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, uid);
        dataSet.Set(DicomTag.StudyInstanceUID, "1.2.3");
        dataSet.Set(DicomTag.SeriesInstanceUID, "1.2.3");
        var pixels = new byte[pixelBytes];
        Array.Fill(pixels, pixel);
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OW, pixels);
        return await StoreAsync(DicomUids.SecondaryCaptureImageStorage, uid, dataSet);
    }

    /// <summary>Waits for the other side to end the association.</summary>
    /// <returns>How that came: <c>closed: …</c>.</returns>
    public Task<string> EndAsync() => _ended.Task.WithTimeout();

    public void Dispose() => _scu.Dispose();

    private void Begin(DicomExceptionCode error)
    {
        if (error == DicomExceptionCode.Success)
        {
            _scu.SendAssociateRequest(Request).ThrowIfFailed();
        }
        else
        {
            End($"{error}: {_scu.LastError.Message}");
        }
    }

    private void End(string how)
    {
        _ended.TrySetResult(how);
        _associated.TrySetException(new IOException(how));
        _answer.TrySetException(new IOException(how));
    }
}
