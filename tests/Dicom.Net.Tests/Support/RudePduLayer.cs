using Dicom.Net.Associations;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Support;

/// <summary>
/// A PDU layer with bad manners: on each connection it plays the acts that it was made of, one after the other, then closes. Its handler
/// hears of the connection and of its end, of nothing between.
/// </summary>
/// <example><c>new RudePduLayer(RudeAct.AwaitPdu, RudeAct.LieAboutLength(0x04, uint.MaxValue, 100), RudeAct.Stall)</c></example>
internal sealed class RudePduLayer(params RudeAct[] acts) : IPduLayer
{
    public async Task RunAsync(PduLayerContext context)
    {
        context.Handler.Attach(new NoPort(context));
        await context.Handler.OnConnectedAsync();
        var end = new AssociationEnd(AssociationEndKind.Orderly);
        try
        {
            foreach (var act in acts)
            {
                await act.Play(context.Connection);
            }
        }
        catch (IOException error)
        {
            end = new(AssociationEndKind.ConnectionLost, error);
        }

        context.Connection.Close();
        await context.Handler.OnClosedAsync(end);
    }

    /// <summary>The application cannot make a rude layer polite; it can end it.</summary>
    private sealed class NoPort(PduLayerContext context) : IAssociationPort
    {
        public bool IsAssociated => false;

        public SendOutcome Request(AAssociateRq request) => SendOutcome.NotSupported;

        public SendOutcome Accept(AAssociateAc accept) => SendOutcome.NotSupported;

        public SendOutcome Reject(AAssociateRj reject) => SendOutcome.NotSupported;

        public SendOutcome Send(byte presentationContextId, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet) =>
            SendOutcome.NotSupported;

        public SendOutcome RequestRelease() => SendOutcome.NotSupported;

        public SendOutcome RespondRelease() => SendOutcome.NotSupported;

        public SendOutcome Abort(AAbort abort) => SendOutcome.NotSupported;

        public void Close() => context.Connection.Close();

        public void CloseForced() => context.Connection.Abort();
    }
}
