namespace Dicom.Net.Tool.Listening;

/// <summary>An association as the view shows it.</summary>
internal sealed class AssociationRow(DicomAssociationContext association, DateTimeOffset since)
{
    private int _instances;
    private int _refused;
    private int _echoes;

    public string Peer { get; } = $"{association.PeerAddress}:{association.PeerPort}";

    public string Calling { get; } = association.Calling;

    public string Called { get; } = association.Called;

    public DateTimeOffset Since { get; } = since;

    public int Instances => _instances;

    public int Refused => _refused;

    public int Echoes => _echoes;

    public void CountInstance(bool isKept) => Interlocked.Increment(ref isKept ? ref _instances : ref _refused);

    public void CountEcho() => Interlocked.Increment(ref _echoes);
}
