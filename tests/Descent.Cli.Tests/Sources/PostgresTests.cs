using System.Globalization;
using Descent.Data;
using Npgsql;

namespace Descent.Cli.Tests.Sources;

/// <summary>Queries of a server of PostgreSQL that is started for these tests.</summary>
public class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    static readonly string iris = Cli.Sample("iris.csv");

    string Source => $"postgres:{server.Open};Password={PostgresServer.Password}";

    NpgsqlConnection Connect()
    {
        NpgsqlConnection open = new($"{server.Open};Password={PostgresServer.Password};Pooling=false");
        open.Open();
        return open;
    }

    static void Do(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    void Fill()
    {
        using NpgsqlConnection c = Connect();
        Do(c, "CREATE TABLE IF NOT EXISTS iris(sepal_length numeric(3,1), sepal_width double precision, petal_length real, "
            + "petal_width numeric, species text)");
        Do(c, "TRUNCATE iris");
        using TextWriter to = c.BeginTextImport("COPY iris FROM STDIN (FORMAT csv, HEADER)");
        to.Write(File.ReadAllText(iris));
    }

    [PostgresFact]
    public void A_query_gives_the_bits_of_the_csv_and_its_password_is_nowhere()
    {
        Fill();
        string folder = Directory.CreateTempSubdirectory("descent-pg-out-").FullName;
        string model = Path.Combine(folder, "m.json"), report = Path.Combine(folder, "r.html"), run = Path.Combine(folder, "run");
        string[] rest = ["--query", "SELECT * FROM iris", "--target", "petal_width", "--l2", "0.1"];
        double[] expected = Cli.Estimates(Cli.Json("fit", iris, "--target", "petal_width", "--l2", "0.1"));
        Assert.Equal(expected, Cli.Estimates(Cli.Json(["fit", "--source", Source, .. rest])));
        var (code, output, error) = Cli.Run(["fit", "--source", Source, .. rest, "--out", model, "--report", report, "--run", run,
            "--checkpoint", "steps=1"]);
        Assert.True(code == 0, error);
        (code, string predicted, string said) = Cli.Run("predict", model, "--source", Source, "--query", "SELECT * FROM iris");
        Assert.True(code == 0, said);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(PostgresServer.Password, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, output + error + predicted + said, StringComparison.Ordinal);
        Assert.Contains("--source", File.ReadAllText(model), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [PostgresFact]
    public void A_password_comes_from_the_environment()
    {
        Fill();
        string[] words = ["inspect", "--source", "postgres:" + server.Open, "--query", "SELECT * FROM iris"];
        Environment.SetEnvironmentVariable("PGPASSWORD", PostgresServer.Password);
        var (code, output, error) = Cli.Run(words);
        Assert.True(code == 0, error);
        Assert.Contains("150 rows, 5 columns, a query", output, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable("PGPASSWORD", "another");
        (code, output, error) = Cli.Run(words);
        Environment.SetEnvironmentVariable("PGPASSWORD", null);
        Assert.Equal(2, code);
        Assert.Contains("the database refuses the connection: password authentication failed for user \"descent\"", error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("another", output + error, StringComparison.Ordinal);
    }

    // The server writes the CSV itself, truth values apart, which it calls t and f.
    [PostgresFact]
    public void Every_type_is_that_of_the_csv_that_the_server_writes()
    {
        const string Rows = """
            SELECT * FROM (VALUES
             (1::smallint, 2147483647::int, 9007199254740993::bigint, 0.1::real, 0.1::double precision, 123456789.987654321::numeric,
              'red'::text, 'ab'::char(5), date '2024-01-31', timestamp '2024-01-31 10:20:30.25', timestamptz '2024-01-31 10:20:30+02',
              time '10:20:30', '00000000-0000-0000-0000-000000000001'::uuid),
             (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
             (-5, -1, 0, 3.4e38, 1e-300, -0.50, 'NA', 'x', '1999-12-31', '2000-01-01', '2000-01-01', '23:59:59.5',
              '00000000-0000-0000-0000-000000000002')) v(i2, i4, i8, f4, f8, n, s, c, d, t, z, k, u)
            """;
        using NpgsqlConnection c = Connect();
        string path = Path.GetTempFileName();
        using (TextReader csv = c.BeginTextExport($"COPY ({Rows}) TO STDOUT (FORMAT csv, HEADER)"))
            File.WriteAllText(path, csv.ReadToEnd());
        using NpgsqlCommand command = new(Rows, c);
        foreach (MissingPolicy missing in new[] { MissingPolicy.Keep, MissingPolicy.Skip })
        {
            using NpgsqlDataReader reader = command.ExecuteReader();
            Table a = CsvReader.Read([path], new CsvOptions { Missing = missing });
            Table b = Table.Of(reader, new ColumnOptions { Missing = missing });
            Assert.Equal((a.RowCount, a.Skipped), (b.RowCount, b.Skipped));
            foreach (var (x, y) in a.Columns.Zip(b.Columns))
            {
                Assert.Equal((x.Name, x.IsText, x.Missing), (y.Name, y.IsText, y.Missing));
                Assert.Equal(x.Levels, y.Levels);
                Assert.Equal(Bits(x), Bits(y));
            }
        }
        File.Delete(path);
    }

    static long[] Bits(Column c) => [.. c.Numbers.ToArray().Select(BitConverter.DoubleToInt64Bits)];

    [PostgresFact]
    public void Errors_have_the_words_of_the_server()
    {
        foreach (var (sql, says) in new[]
        {
            ("SELECT * FROM nowhere", "the database refuses the query: relation \"nowhere\" does not exist, SQLSTATE 42P01."),
            ("SELECT colour FROM pg_class", "column \"colour\" does not exist"),
            ("CREATE TABLE made(x int)", "cannot execute CREATE TABLE in a read-only transaction"),
            ("SELECT 'NaN'::numeric AS x, 1 AS y", "row 1, column 'x': the value cannot be read"),
            ("SELECT ARRAY[1,2] AS x, 1 AS y", "column 'x': holds Int32[]; expected numbers, text, dates or truth values."),
            ("SELECT 1/(g-2) AS x, g AS y FROM generate_series(1,3) g", "division by zero"),
        })
        {
            var (code, _, error) = Cli.Run("fit", "--source", Source, "--query", sql, "--target", "y", "--features", "x");
            Assert.True(error.Contains(says, StringComparison.Ordinal), error);
            Assert.Equal(2, code);
        }
    }

    [PostgresFact]
    public void Rows_come_through_block_after_block()
    {
        using NpgsqlConnection c = Connect();
        using NpgsqlCommand command = new("SELECT g AS id, g / 8.0::double precision AS x FROM generate_series(1, 10000) g", c);
        using NpgsqlDataReader reader = command.ExecuteReader();
        Table table = Table.Of(reader);
        Assert.Equal(10000, table.RowCount);
        for (int i = 0; i < 10000; i++) Assert.Equal((i + 1) / 8.0, table.Columns[1].Numbers[i]);
    }
}
