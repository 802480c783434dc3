namespace Dicom.Net.Tests.Scp;

/// <summary>A handler's stream that takes so many bytes, and refuses more.</summary>
internal sealed class LimitedStream(int most) : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Length + buffer.Length > most)
        {
            throw new DicomRefusalException(DicomCommandStatusType.OutOfResources, "too large");
        }

        base.Write(buffer);
    }
}
