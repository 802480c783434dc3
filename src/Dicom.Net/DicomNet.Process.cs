using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net;

/// <summary>What is the whole process's: socket options for who has none of his own, and LDicomNet's calls that have nothing to do here.</summary>
public partial class DicomNet
{
    private const string CalledOnAnObject = "LDicomNet's is called on an object, and so are these in programs that come from there.";

    private static DicomSocketOptions _defaultSocketOptions = new();

    private DicomSocketOptions? _socketOptions;

    /// <summary>
    /// The socket options of this object's next Listen or Connect. Reading gives a copy, to be changed and set again: at first of
    /// <see cref="DicomNetOptions.Socket"/>, where there are none of the process's default ones.
    /// </summary>
    public DicomSocketOptions SocketOptions
    {
        get => (Volatile.Read(ref _socketOptions) ?? _options.Socket ?? Volatile.Read(ref _defaultSocketOptions)) with { };
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref _socketOptions, value with { });
        }
    }

    /// <summary>The socket options of every object of the process that has none of its own.</summary>
    /// <returns>A copy: change it, and hand it to <see cref="SetDefaultSocketOptions"/>.</returns>
    public static DicomSocketOptions GetDefaultSocketOptions() => Volatile.Read(ref _defaultSocketOptions) with { };

    /// <summary>Sets them, for what listens or connects from now on. Any thread may call it.</summary>
    /// <param name="options">The options; copied.</param>
    public static void SetDefaultSocketOptions(DicomSocketOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Volatile.Write(ref _defaultSocketOptions, options with { });
    }

    /// <summary>LDicomNet's call at the beginning of a program. Nothing has to be started here: it does nothing, any number of times.</summary>
    public static void Startup()
    {
    }

    /// <summary>LDicomNet's call at the end of a program. It does nothing: what is open stays open until it is closed or disposed of.</summary>
    public static void Shutdown()
    {
    }

    /// <summary>
    /// LDicomNet's call for programs without a message loop, so that its events come. Here they come by themselves, on threads of the pool
    /// or the library: it does nothing, and does not wait.
    /// </summary>
    [SuppressMessage("Performance", "CA1822", Justification = CalledOnAnObject)]
    public void Breathe()
    {
    }

    /// <summary>
    /// LDicomNet's choice to send a large data set without holding all of it in memory. Here that is always so, where the data set comes from
    /// a file: it changes nothing.
    /// </summary>
    /// <param name="enable">Without a meaning.</param>
    [SuppressMessage("Performance", "CA1822", Justification = CalledOnAnObject)]
    public void EnableOptimizedMemorySend(bool enable)
    {
    }
}
