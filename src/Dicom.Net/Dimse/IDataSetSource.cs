namespace Dicom.Net.Dimse;

/// <summary>The bytes of an encoded data set that is to be sent. Whoever made it disposes of it after the message.</summary>
internal interface IDataSetSource : IDisposable
{
    /// <summary>The number of bytes; it does not change while the message is sent.</summary>
    long Length { get; }

    /// <summary>Copies bytes out.</summary>
    /// <param name="offset">Where to begin, from 0.</param>
    /// <param name="destination">Where to copy to; never reaches beyond <see cref="Length"/>.</param>
    /// <returns>The number of bytes copied; fewer than asked for is allowed, 0 means that there are no more.</returns>
    int Read(long offset, Span<byte> destination);
}
