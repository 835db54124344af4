using System.Data.Common;
using Descent.Data;

namespace Descent.Cli.Sources;

/// <summary>The rows of a query: connection, command and reader are opened together and closed together.</summary>
sealed class Query : IColumnSource
{
    readonly DbConnection connection;
    readonly DbCommand command;
    readonly DbDataReader reader;
    readonly DbColumns columns;

    Query(DbConnection connection, DbCommand command, DbDataReader reader, string name)
    {
        (this.connection, this.command, this.reader) = (connection, command, reader);
        columns = new DbColumns(reader, name);
    }

    public string Name => columns.Name;

    public string Form => columns.Form;

    public IReadOnlyList<SourceColumn> Columns => columns.Columns;

    public long? RowCount => columns.RowCount;

    /// <summary>Where the rows of a query come from; it is asked each time that they are read.</summary>
    public static ColumnOrigin Of(IDatabase database, string sql) =>
        new(database.Name, () => Open(database, sql)) { Paths = database.Paths };

    public void Choose(IReadOnlyList<ChosenColumn> wanted) => columns.Choose(wanted);

    public int Read(ColumnBlock block) => columns.Read(block);

    public void Dispose()
    {
        reader.Dispose();
        command.Dispose();
        connection.Dispose();
    }

    static Query Open(IDatabase database, string sql)
    {
        DbConnection? connection = null;
        DbCommand? command = null;
        DbDataReader? reader = null;
        try
        {
            connection = database.Connect();
            command = connection.CreateCommand();
            command.CommandText = sql;
            reader = command.ExecuteReader();
            if (reader.FieldCount == 0)
                throw new DataException($"{database.Name}: the query gives no rows. Expected one that does, as SELECT.");
            return new Query(connection, command, reader, database.Name);
        }
        catch (Exception e)
        {
            reader?.Dispose();
            command?.Dispose();
            connection?.Dispose();
            if (e is DbException error)
                throw new DataException($"{database.Name}: the database refuses {(connection is null ? "the connection" : "the query")}: "
                    + $"{database.Words(error)}.", e);
            throw;
        }
    }
}
