using System.Data.Common;

namespace Dicom.Net.Samples;

/// <summary>
/// The database that an index is in: what differs between those that it may be in. The rest of the SQL is the same for all, and is
/// <see cref="ArchiveIndex"/>'s. Whatever fails is an <see cref="IOException"/>: the library answers that with <c>out of resources</c>.
/// </summary>
internal interface IIndexDatabase : IDisposable
{
    /// <summary>The column <c>Id</c> of a table: a number that grows with every row.</summary>
    string IdColumn { get; }

    /// <summary>Makes the tables and has them filled, unless that was done: once, however many programs start at once.</summary>
    /// <param name="tables">The statements that make them.</param>
    /// <param name="fill">Fills them. If that is interrupted, the next start begins anew.</param>
    /// <param name="ended">When to give up waiting for another program that does it.</param>
    /// <exception cref="IOException">That cannot be done; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    void Build(string tables, Action fill, CancellationToken ended);

    /// <summary>Looks whether the folder of the instances is the one that the index is about, still: a share may be lost while it is used.</summary>
    /// <exception cref="IOException">It is not, or that cannot be told.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    void RequireFolder();

    /// <summary>Reads what a statement selects.</summary>
    /// <param name="prepare">Says what to select; asked again where a lost connection makes another attempt worth while.</param>
    /// <param name="row">Reads a row.</param>
    List<T> Read<T>(Action<DbCommand> prepare, Func<DbDataReader, T> row);

    /// <summary>Changes something in a transaction.</summary>
    /// <param name="change">Changes it, or says by false that all is to stay as it was; asked again after a conflict.</param>
    /// <returns>What <paramref name="change"/> has said. If it is true, the change outlives this process.</returns>
    /// <exception cref="UncertainChangeException">The connection was lost in mid-commit.</exception>
    bool Change(Func<DbConnection, bool> change);

    /// <summary>A condition: that an expression has one of some values, however many; they are one parameter.</summary>
    string IsAmong<T>(DbCommand command, string expression, IReadOnlyCollection<T> values);
}
