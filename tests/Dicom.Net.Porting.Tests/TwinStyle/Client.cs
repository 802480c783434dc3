#nullable disable
using Dicom.Net; // was: using Leadtools.Dicom;

namespace PacsServer;

/// <summary>One client of the server: answers what it asks for.</summary>
public class Client : DicomNet
{
    private readonly Server _server;

    public Client(Server server, string path, DicomNetSecurityMode mode)
        : base(path, mode)
    {
        _server = server;
        ThrowOnError = true;
    }

    protected override void OnReceiveAssociateRequest(DicomAssociate association)
    {
        if (_server.GetClientCount() > _server.MaximumClients)
        {
            SendAssociateReject(
                DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Limit);
            return;
        }

        using (DicomAssociate retAssociate = new DicomAssociate(false))
        {
            retAssociate.MaxLength = 46726;
            retAssociate.Version = 1;
            retAssociate.Called = association.Called;
            retAssociate.Calling = association.Calling;
            retAssociate.ApplicationContextName = DicomUidType.ApplicationContextName;
            for (int i = 0; i < association.PresentationContextCount; i++)
            {
                byte id = association.GetPresentationContextID(i);
                string abstractSyntax = association.GetAbstract(id);
                retAssociate.AddPresentationContext(id, DicomAssociateAcceptResultType.TransferSyntax, abstractSyntax);
                for (int j = 0; j < association.GetTransferCount(id); j++)
                {
                    if (association.GetTransfer(id, j) == DicomUidType.ImplicitVRLittleEndian)
                    {
                        retAssociate.SetResult(id, DicomAssociateAcceptResultType.Success);
                        retAssociate.AddTransfer(id, DicomUidType.ImplicitVRLittleEndian);
                        break;
                    }
                }
            }

            SendAssociateAccept(retAssociate);
        }
    }

    protected override void OnReceiveCEchoRequest(byte presentationID, int messageID, string affectedClass)
    {
        SendCEchoResponse(presentationID, messageID, affectedClass, DicomCommandStatusType.Success);
    }

    protected override void OnReceiveCStoreRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandPriorityType priority, string moveAE,
        int moveMessageID, DicomDataSet dataSet)
    {
        DicomCommandStatusType status = DicomCommandStatusType.ProcessingFailure;
        try
        {
            if (dataSet.GetValue<string>(DicomTag.SOPInstanceUID, string.Empty) == instance && IsUid(instance))
            {
                dataSet.Save(Path.Combine(_server.ImageFolder, instance + ".dcm"), DicomDataSetSaveFlags.None);
                status = DicomCommandStatusType.Success;
            }
        }
        catch (IOException ex)
        {
            _server.Write(ex.Message);
        }

        SendCStoreResponse(presentationID, messageID, affectedClass, instance, status);
    }

    protected override void OnReceiveCFindRequest(
        byte presentationID, int messageID, string affectedClass, DicomCommandPriorityType priority, DicomDataSet dataSet)
    {
        string patientID = dataSet.GetValue<string>(DicomTag.PatientID, string.Empty);
        foreach (string file in FilesOf(patientID))
        {
            using (DicomDataSet found = new DicomDataSet())
            using (DicomDataSet match = new DicomDataSet())
            {
                found.Load(file, DicomDataSetLoadFlags.None);
                match.InsertElementAndSetValue(DicomTag.QueryRetrieveLevel, "IMAGE");
                match.InsertElementAndSetValue(DicomTag.PatientID, found.GetValue<string>(DicomTag.PatientID, string.Empty));
                match.InsertElementAndSetValue(DicomTag.SOPInstanceUID, found.GetValue<string>(DicomTag.SOPInstanceUID, string.Empty));
                SendCFindResponse(presentationID, messageID, affectedClass, DicomCommandStatusType.Pending, match);
            }
        }

        SendCFindResponse(presentationID, messageID, affectedClass, DicomCommandStatusType.Success, null);
    }

    protected override void OnReceiveCMoveRequest(
        byte presentationID, int messageID, string affectedClass, DicomCommandPriorityType priority, string moveAE, DicomDataSet dataSet)
    {
        if (!_server.Destinations.TryGetValue(moveAE, out int port))
        {
            SendCMoveResponse(
                presentationID, messageID, affectedClass, DicomCommandStatusType.MoveDestinationUnknown, 0, 0, 0, 0, null);
            return;
        }

        string[] files = FilesOf(dataSet.GetValue<string>(DicomTag.PatientID, string.Empty));
        string mover = Association.Calling;

        // Long work goes to a thread of its own: the callbacks of this object wait for each other.
        Thread thread = new Thread(() =>
        {
            using (StoreScu scu = new StoreScu())
            {
                int completed = scu.Store("127.0.0.1", port, moveAE, files, mover, messageID);
                int failed = files.Length - completed;
                SendCMoveResponse(
                    presentationID, messageID, affectedClass,
                    failed == 0 ? DicomCommandStatusType.Success : DicomCommandStatusType.UnableToPerformSubOperations,
                    0, completed, failed, 0, null);
            }
        });
        thread.Start();
    }

    protected override void OnReceiveReleaseRequest()
    {
        SendReleaseResponse();
    }

    protected override void OnReceiveAbort(DicomAbortSourceType source, DicomAbortReasonType reason)
    {
        Close();
    }

    private string[] FilesOf(string patientID)
    {
        List<string> files = new List<string>();
        foreach (string file in Directory.GetFiles(_server.ImageFolder, "*.dcm"))
        {
            using (DicomDataSet dataSet = new DicomDataSet())
            {
                dataSet.Load(file, DicomDataSetLoadFlags.None);
                if (patientID == string.Empty || dataSet.GetValue<string>(DicomTag.PatientID, string.Empty) == patientID)
                {
                    files.Add(file);
                }
            }
        }

        return files.ToArray();
    }

    private static bool IsUid(string text)
    {
        return text.Length > 0 && text.Length <= 64 && text.All(c => c == '.' || (c >= '0' && c <= '9'));
    }
}
