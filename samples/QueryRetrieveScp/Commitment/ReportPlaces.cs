namespace Dicom.Net.Samples;

/// <summary>How many commitments a peer may have under way, its answer to the report included: who never answers uses up its own places alone.</summary>
internal sealed class ReportPlaces
{
    // Arbitrary: who answers its reports has room for the next commitment at once.
    private const int MostOfAPeer = 4;

    // By address as well as by title: who calls itself by another's title must not use up the other's places.
    private readonly Dictionary<(string? Address, string Title), int> _taken = [];

    /// <summary>Takes a place.</summary>
    /// <returns>False: the peer has enough under way.</returns>
    public bool TryEnter((string? Address, string Title) peer)
    {
        lock (_taken)
        {
            var taken = _taken.GetValueOrDefault(peer);
            if (taken == MostOfAPeer)
            {
                return false;
            }

            _taken[peer] = taken + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave((string? Address, string Title) peer)
    {
        lock (_taken)
        {
            if (--_taken[peer] == 0)
            {
                _taken.Remove(peer);
            }
        }
    }
}
