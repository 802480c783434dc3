namespace Dicom.Net.Samples;

/// <summary>The destination of a C-MOVE: an association of our own, as SCU of Storage (PS3.4 §C.4.2.2.2).</summary>
internal sealed class MoveDestination : IStorageDestination, IDisposable
{
    // Arbitrary: how long it may take to store one instance, the slowest archive included.
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromMinutes(5);

    private readonly (string Host, int Port) _peer;
    private readonly DicomNetOptions _options;
    private readonly string _title;
    private readonly string _originator;
    private readonly string _self;
    private readonly int _messageID;
    private StepwiseScu? _scu;
    private DicomAssociate? _answer;

    /// <param name="peer">Where the destination is.</param>
    /// <param name="move">Who wants it moved: named in each C-STORE (PS3.7 §9.1.1.1).</param>
    /// <param name="options">As the archive's own.</param>
    public MoveDestination((string Host, int Port) peer, DicomCMoveRequestEventArgs move, DicomNetOptions options)
    {
        (_peer, _options, _title, _messageID) = (peer, options, move.MoveAE, move.MessageID);
        _originator = move.Net.Association?.Calling ?? "";
        _self = move.Net.Association?.Called ?? "";
    }

    public async Task OpenAsync(IEnumerable<(string SopClass, string TransferSyntax)> kinds)
    {
        var request = new DicomAssociate(request: true) { Called = _title, Calling = _self };
        StorageContexts.Propose(request, kinds);
        _scu?.Dispose();
        _scu = new StepwiseScu(_options);
        await _scu.ConnectAsync(_peer.Host, _peer.Port, IpType.IPv4OrIPv6);
        _answer = await _scu.AssociateAsync(request);
    }

    public async Task<DicomCommandStatusType> StoreAsync(StoredInstance instance, DicomDataSet dataSet)
    {
        var context = StorageContexts.Find(_answer!, instance.SopClass, instance.TransferSyntax);
        return context == 0
            ? DicomCommandStatusType.SopClassNotSupported
            : await _scu!
                .StoreAsync(context, instance.SopClass, instance.Instance, dataSet, _originator, _messageID)
                .WaitAsync(StoreTimeout);
    }

    public Task CloseAsync() => _scu?.ReleaseAsync() ?? Task.CompletedTask;

    public void Dispose() => _scu?.Dispose();
}
