namespace Dicom.Net.Diagnostics;

/// <summary>
/// The connections that stand, as a list that is walked when somebody asks: counting costs nothing while messages pass, and who begins to
/// listen late finds the right numbers.
/// </summary>
internal sealed class OpenConnections
{
    private readonly Lock _gate = new();
    private AssociationTelemetry? _newest;
    private int _count;

    public void Enter(AssociationTelemetry connection)
    {
        lock (_gate)
        {
            connection.Older = _newest;
            if (_newest is not null)
            {
                _newest.Newer = connection;
            }

            _newest = connection;
            _count++;
        }
    }

    /// <summary>Called once for each that entered.</summary>
    public void Leave(AssociationTelemetry connection)
    {
        lock (_gate)
        {
            var (older, newer) = (connection.Older, connection.Newer);
            if (older is not null)
            {
                older.Newer = newer;
            }

            if (newer is not null)
            {
                newer.Older = older;
            }
            else
            {
                _newest = older;
            }

            (connection.Older, connection.Newer) = (null, null);
            _count--;
        }
    }

    /// <summary>Those that stand now; asked for their numbers when the lock has been left.</summary>
    public AssociationTelemetry[] Snapshot()
    {
        lock (_gate)
        {
            var all = new AssociationTelemetry[_count];
            var next = 0;
            for (var connection = _newest; connection is not null; connection = connection.Older)
            {
                all[next++] = connection;
            }

            return all;
        }
    }
}
