namespace Dicom.Net.Fuzz.Running;

/// <summary>One input while it is tried: what to show of it when it is a finding.</summary>
internal sealed class FuzzCase
{
    private readonly List<string> _story = [];

    /// <summary>Whether anybody wants the story: only when a finding is played again.</summary>
    public bool IsTold { get; init; }

    /// <summary>The bytes that the library was given.</summary>
    public byte[] Input { get; set; } = [];

    /// <summary>Whether the library took the input for what it pretended to be; a run that reaches one outcome only is worth little.</summary>
    public bool IsTaken { get; set; }

    /// <summary>What happened, line by line.</summary>
    public IReadOnlyList<string> Story
    {
        get
        {
            lock (_story)
            {
                return [.. _story];
            }
        }
    }

    public void Tell(Func<string> line)
    {
        if (IsTold)
        {
            lock (_story)
            {
                _story.Add(line());
            }
        }
    }
}
