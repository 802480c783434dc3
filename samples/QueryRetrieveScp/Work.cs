namespace Dicom.Net.Samples;

/// <summary>
/// What keeps the index and the disk busy has a place here while it does: so much at once, and no more. Of that half for each address: a
/// place is held for as long as the peer takes what it has asked for, and one peer must not hold them all.
/// </summary>
internal sealed class Work(int most)
{
    // Arbitrary: a gateway asks for many from one address, and others find a place all the same.
    private const int Shares = 2;

    private readonly Places<string> _ofAddresses = new(Math.Max(1, most / Shares));
    private readonly Lock _gate = new();
    private int _running;

    /// <summary>Takes a place, if there is one: to be disposed of when the work is done.</summary>
    /// <param name="address">Whose work it is: the peer's address, without the port.</param>
    /// <param name="refusal">How it is refused.</param>
    /// <exception cref="DicomRefusalException">There is enough to do already, for all or for this peer.</exception>
    public IDisposable Enter(string address, DicomCommandStatusType refusal)
    {
        lock (_gate)
        {
            if (_running == most || !_ofAddresses.TryEnter(address))
            {
                throw new DicomRefusalException(refusal, "too busy, try later");
            }

            _running++;
        }

        return new Place(this, address);
    }

    private void Leave(string address)
    {
        lock (_gate)
        {
            _running--;
            _ofAddresses.Leave(address);
        }
    }

    private sealed class Place(Work work, string address) : IDisposable
    {
        private bool _isFree;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isFree, true))
            {
                work.Leave(address);
            }
        }
    }
}
