namespace Dicom.Net.Pdus;

/// <summary>Application information of one SOP Class, in a form that its service class defines (PS3.7 §D.3.3.5).</summary>
public sealed record SopClassExtendedNegotiation
{
    private readonly ValueBytes _information;

    /// <summary>Makes the sub-item; the bytes are copied.</summary>
    /// <param name="sopClassUid">The SOP Class or Meta SOP Class.</param>
    /// <param name="serviceClassApplicationInformation">What PS3.4 defines for it.</param>
    public SopClassExtendedNegotiation(string sopClassUid, ReadOnlyMemory<byte> serviceClassApplicationInformation)
    {
        SopClassUid = sopClassUid;
        _information = ValueBytes.Of(serviceClassApplicationInformation);
    }

    /// <summary>The SOP Class or Meta SOP Class.</summary>
    public string SopClassUid { get; }

    /// <summary>What PS3.4 defines for it.</summary>
    public ReadOnlyMemory<byte> ServiceClassApplicationInformation => _information.Memory;
}
