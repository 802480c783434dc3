using System.Data.Common;

namespace Dicom.Net.Samples;

/// <summary>Commands, in short. Values of peers are parameters, always.</summary>
internal static class DbCommandExtensions
{
    /// <summary>Adds a parameter.</summary>
    /// <param name="command">The command.</param>
    /// <param name="name">Its name, as it is in the statement.</param>
    /// <param name="value">Its value.</param>
    public static void Add(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>The first column of its first row; null if there is none.</returns>
    public static object? Scalar(this DbConnection connection, string sql, params IEnumerable<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Add(name, value);
        }

        return command.ExecuteScalar();
    }

    /// <summary>Runs a query.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="prepare">Sets its text and parameters.</param>
    /// <param name="row">Reads a row.</param>
    public static List<T> Rows<T>(this DbConnection connection, Action<DbCommand> prepare, Func<DbDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        prepare(command);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Runs statements of ours.</summary>
    public static void Execute(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads a text, empty where there is none.</summary>
    public static string TextAt(this DbDataReader reader, int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);
}
