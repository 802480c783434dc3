using System.Globalization;
using Dicom.Net.Benchmarks.Serving;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>A server as it is started to be measured.</summary>
/// <param name="Name">Its name: one for each way of starting it.</param>
/// <param name="Command">The command, for a port and a folder that the server has to itself.</param>
internal sealed record ServerProgram(string Name, Func<string, string, IEnumerable<string>> Command)
{
    /// <summary>Whether it can be told to listen on the loopback address alone.</summary>
    public bool KeepsToLoopback { get; init; } = true;

    /// <summary>Whether its files may be deleted behind its back. One that indexes them has to be started anew.</summary>
    public bool OutlivesItsFiles { get; init; } = true;

    /// <summary>
    /// Whether it is one of ours: it answers the question for its memory (<see cref="MemoryFigures.Question"/>), and gets faster while
    /// its code is compiled anew.
    /// </summary>
    public bool IsManaged { get; init; }

    /// <summary>What is set in its environment.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    public IEnumerable<string> CommandFor(int port, string folder) => Command(port.ToString(CultureInfo.InvariantCulture), folder);
}
