namespace Shortener.Tests.Servers;

public sealed class CassandraServerTests(CassandraServer cassandra)
{
    [Fact]
    public async Task It_answers_options() =>
        Assert.Equal(CqlOptions.Supported, await CqlOptions.AskAsync(await cassandra.EndPointAsync()));

    [Fact]
    public void Every_keyspace_has_a_name_of_its_own_that_cassandra_takes()
    {
        var names = Enumerable.Range(0, 100).Select(_ => CassandraServer.NewKeyspaceName()).ToList();

        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9_]{0,47}$", name));
    }
}
