namespace Dicom.Net.Samples;

/// <summary>Places of which each peer has some: who takes all of its own keeps nobody else out.</summary>
/// <typeparam name="TPeer">What a peer is known by.</typeparam>
/// <param name="mostOfAPeer">How many a peer has.</param>
internal sealed class Places<TPeer>(int mostOfAPeer)
    where TPeer : notnull
{
    private readonly Dictionary<TPeer, int> _taken = [];

    /// <summary>Takes a place.</summary>
    /// <returns>False: the peer has all of its own.</returns>
    public bool TryEnter(TPeer peer)
    {
        lock (_taken)
        {
            var taken = _taken.GetValueOrDefault(peer);
            if (taken == mostOfAPeer)
            {
                return false;
            }

            _taken[peer] = taken + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(TPeer peer)
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
