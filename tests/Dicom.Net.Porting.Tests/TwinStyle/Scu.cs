#nullable disable
using Dicom.Net; // was: using Leadtools.Dicom;

namespace PacsServer;

/// <summary>
/// An SCU that waits for each answer: every callback sets the event that the calling thread waits for.
/// </summary>
public class Scu : DicomNet
{
    private readonly AutoResetEvent _event = new AutoResetEvent(false);
    private DicomExceptionCode _error;
    private bool _accepted;
    private int _messageID;

    public Scu()
        : base(null, DicomNetSecurityMode.None)
    {
        ThrowOnError = true;
    }

    public DicomCommandStatusType Status { get; private set; } = DicomCommandStatusType.ProcessingFailure;

    public List<string> Found { get; } = new List<string>();

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Connects and asks for an association.</summary>
    public bool Associate(string address, int port, string called, string calling, params string[] classes)
    {
        Connect(null, 0, address, port, IpType.IPv4); // was: DicomNetIpTypeFlags.Ipv4
        if (!Wait() || _error != DicomExceptionCode.Success)
        {
            return false;
        }

        using (DicomAssociate associate = new DicomAssociate(true))
        {
            associate.Version = 1;
            associate.Called = called;
            associate.Calling = calling;
            associate.ApplicationContextName = DicomUidType.ApplicationContextName;
            byte id = 1;
            foreach (string uid in classes)
            {
                associate.AddPresentationContext(id, DicomAssociateAcceptResultType.Success, uid);
                associate.AddTransfer(id, DicomUidType.ImplicitVRLittleEndian);
                id += 2;
            }

            SendAssociateRequest(associate);
        }

        return Wait() && _accepted;
    }

    public bool Echo()
    {
        byte id = Association.FindAbstract(DicomUidType.VerificationClass);
        SendCEchoRequest(id, ++_messageID, DicomUidType.VerificationClass);
        return Wait() && Status == DicomCommandStatusType.Success;
    }

    public bool Find(string uid, DicomDataSet query)
    {
        byte id = Association.FindAbstract(uid);
        SendCFindRequest(id, ++_messageID, uid, DicomCommandPriorityType.Medium, query);
        return Wait() && Status == DicomCommandStatusType.Success;
    }

    public bool Move(string uid, string destination, DicomDataSet query)
    {
        byte id = Association.FindAbstract(uid);
        SendCMoveRequest(id, ++_messageID, uid, DicomCommandPriorityType.Medium, destination, query);
        return Wait() && Status == DicomCommandStatusType.Success;
    }

    public bool Store(string file, string moveAE, int moveMessageID)
    {
        using (DicomDataSet dataSet = new DicomDataSet())
        {
            dataSet.Load(file, DicomDataSetLoadFlags.LoadAndClose);
            string uid = dataSet.GetValue<string>(DicomTag.SOPClassUID, string.Empty);
            string instance = dataSet.GetValue<string>(DicomTag.SOPInstanceUID, string.Empty);
            byte id = Association.FindAbstract(uid);
            if (id == 0 || Association.GetResult(id) != DicomAssociateAcceptResultType.Success)
            {
                return false;
            }

            SendCStoreRequest(
                id, ++_messageID, uid, instance, DicomCommandPriorityType.Medium, moveAE, moveMessageID, dataSet);
            return Wait() && Status == DicomCommandStatusType.Success;
        }
    }

    public bool Release()
    {
        SendReleaseRequest();
        return Wait();
    }

    protected override void OnConnect(DicomExceptionCode error)
    {
        _error = error;
        _event.Set();
    }

    protected override void OnReceiveAssociateAccept(DicomAssociate association)
    {
        _accepted = true;
        _event.Set();
    }

    protected override void OnReceiveAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason)
    {
        _accepted = false;
        _event.Set();
    }

    protected override void OnReceiveCEchoResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
    {
        Status = status;
        _event.Set();
    }

    protected override void OnReceiveCStoreResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status)
    {
        Status = status;
        _event.Set();
    }

    protected override void OnReceiveCFindResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, DicomDataSet dataSet)
    {
        if (status == DicomCommandStatusType.Pending || status == DicomCommandStatusType.PendingWarning)
        {
            Found.Add(dataSet.GetValue<string>(DicomTag.PatientID, string.Empty));
            return;
        }

        Status = status;
        _event.Set();
    }

    protected override void OnReceiveCMoveResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, int remaining, int completed, int failed,
        int warning, DicomDataSet dataSet)
    {
        if (status == DicomCommandStatusType.Pending)
        {
            return;
        }

        Completed = completed;
        Failed = failed;
        Status = status;
        _event.Set();
    }

    protected override void OnReceiveReleaseResponse()
    {
        Close();
        _event.Set();
    }

    protected override void OnClose(DicomExceptionCode error, DicomNet net)
    {
        _event.Set();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _event.Dispose();
        }
    }

    private bool Wait()
    {
        return _event.WaitOne(TimeSpan.FromSeconds(60));
    }
}
