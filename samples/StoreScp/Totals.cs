namespace Dicom.Net.Samples;

/// <summary>What happened so far. Fields, since associations run in parallel and add to them with Interlocked.</summary>
internal sealed class Totals
{
    public int Associations;
    public int Instances;
    public int Refused;
}
