using System.Net.Sockets;

namespace Dicom.Net;

/// <summary>
/// What a call of <see cref="DicomNet"/> returns: LDicomNet's number, with a message that a person can act on. It compares with
/// numbers, as code written for LDicomNet does: 0 is success, everything above it an error.
/// </summary>
/// <param name="Code">The code.</param>
/// <param name="Message">What was wrong, and what to do; empty on success.</param>
/// <param name="SocketError">The operating system's own code, where the error came from there.</param>
public readonly record struct DicomNetResult(DicomExceptionCode Code, string Message = "", SocketError? SocketError = null)
{
    /// <summary>It was done, or is under way.</summary>
    public static DicomNetResult Success { get; } = new(DicomExceptionCode.Success);

    /// <summary>True for <see cref="DicomExceptionCode.Success"/>.</summary>
    public bool IsSuccess => Code == DicomExceptionCode.Success;

    /// <summary>The number of the code.</summary>
    public static explicit operator int(DicomNetResult result) => result.ToInt32();

    /// <summary>Whether the number of the code is this one: <c>net.Listen(…) == 0</c>.</summary>
    public static bool operator ==(DicomNetResult result, int number) => result.ToInt32() == number;

    /// <summary>Whether the number of the code is another one: <c>if (net.Listen(…) != 0)</c>.</summary>
    public static bool operator !=(DicomNetResult result, int number) => result.ToInt32() != number;

    /// <summary>Whether the number of the code is greater: <c>if (net.Listen(…) &gt; 0)</c>.</summary>
    public static bool operator >(DicomNetResult result, int number) => result.ToInt32() > number;

    /// <summary>Whether the number of the code is less.</summary>
    public static bool operator <(DicomNetResult result, int number) => result.ToInt32() < number;

    /// <summary>The number of the code.</summary>
    public int ToInt32() => (int)Code;

    /// <summary>For those who prefer exceptions to return codes.</summary>
    /// <returns>This result, a success.</returns>
    /// <exception cref="DicomException">The call failed.</exception>
    public DicomNetResult ThrowIfFailed() => IsSuccess ? this : throw new DicomException(this);

    /// <summary>The code and the message.</summary>
    public override string ToString() => IsSuccess ? nameof(DicomExceptionCode.Success) : $"{Code}: {Message}";
}
