using Microsoft.Extensions.Configuration;
using Shortener.Server.Settings;

namespace Shortener.Tests.Server.Settings;

public sealed class SettingsReaderTests
{
    public static TheoryData<string> Keys => [.. SettingsReader.List(new ShortenerOptions()).Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_setting_has_a_purpose_and_its_default_is_within_its_range(string key)
    {
        var setting = SettingsReader.List(new ShortenerOptions()).Single(setting => setting.Key == key);
        Assert.InRange(setting.About.Purpose.Length, 20, 400);
        Assert.Equal(key.Replace(":", "__", StringComparison.Ordinal), setting.EnvironmentVariable);
        // Written as it is shown, the default is read as itself.
        var read = SettingsReader.Read(With((key, setting.ValueText)));
        Assert.Equal(setting.ValueText, SettingsReader.List(read).Single(other => other.Key == key).ValueText);
    }

    [Fact]
    public void Every_property_of_the_options_is_a_setting()
    {
        var settings = SettingsReader.List(new ShortenerOptions()).Select(setting => setting.Property).ToHashSet();
        var written = typeof(ShortenerOptions).GetProperties().SelectMany(feature => feature.PropertyType.GetProperties()).Where(property => property.CanWrite);
        Assert.Empty(written.Except(settings));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_bound_is_allowed_and_what_is_beyond_it_is_refused(string key)
    {
        var setting = SettingsReader.List(new ShortenerOptions()).Single(setting => setting.Key == key);
        foreach (var (bound, step, word) in new[] { (setting.About.Min, -1, "more"), (setting.About.Max, 1, "less") })
        {
            if (bound is null) continue;
            Assert.Null(setting.Fill(With((key, bound))));
            var error = setting.Fill(With((key, Beyond(setting, bound, step))));
            Assert.Contains($"write {bound} or {word}", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Environment_variables_are_read()
    {
        const string name = "Shortener__Links__MaxUrlLength";
        Environment.SetEnvironmentVariable(name, "1234");
        try
        {
            Assert.Equal(1234, SettingsReader.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build()).Links.MaxUrlLength);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void Lists_are_written_with_commas_or_one_by_one()
    {
        Assert.Equal(["a.example", "b.example"], SettingsReader.Read(With(("Shortener:Links:BlockedHosts", " a.example ,, b.example,"))).Links.BlockedHosts);
        Assert.Equal(["a.example", "b.example"], SettingsReader.Read(With(
            ("Shortener:Links:BlockedHosts:0", "a.example"), ("Shortener:Links:BlockedHosts:1", "b.example"))).Links.BlockedHosts);
        Assert.Empty(SettingsReader.Read(With(("Shortener:Links:BlockedHosts", ""))).Links.BlockedHosts);
        Assert.Equal(["all"], SettingsReader.Read(With()).Roles);
    }

    [Theory]
    [InlineData("Keys:Length", "7.5", "a whole number")]
    [InlineData("Keys:Length", "99999999999", "a whole number")]
    [InlineData("Links:DefaultLifetime", "00:00:05", "or more")]
    [InlineData("Links:DefaultLifetime", "1 day", "a time as")]
    [InlineData("Links:DefaultLifetime", "5", "write 5.00:00:00 for days, or 00:00:05 for seconds")]
    [InlineData("Cache:Lifetime", "90", "write 90.00:00:00 for days, or 00:01:30 for seconds")]
    [InlineData("Connections:InlineScheduling", "1", "true or false")]
    [InlineData("Links:DefaultRedirectStatus", "303", "write 301")]
    [InlineData("Redirect:ExpiredStatus", "200", "write 404 or 410")]
    [InlineData("Redirect:DefaultUrl", "/home", "http or https")]
    [InlineData("Server:PublicUrl", "sho.rt", "http or https")]
    [InlineData("Server:KnownProxies", "proxy.example", "addresses or networks")]
    [InlineData("Roles", "all,dance", "'dance'")]
    [InlineData("Storage:Kind", "postgres", "write embedded or cassandra")]
    [InlineData("Storage:Kind", "cassandra", "write the address of a Cassandra node")]
    [InlineData("Cassandra:ContactPoints", "10.0.0.1", "write Shortener:Storage:Kind=cassandra as well")]
    [InlineData("Cassandra:Keyspace", "1 DROP", "beginning with a letter")]
    [InlineData("Cassandra:LocalDatacenter", "", "nodetool status")]
    [InlineData("Cassandra:Replication", "dc1:three", "dc1:3,dc2:3")]
    [InlineData("Cassandra:Replication", "dc1:3,dc1:2", "dc1:3,dc2:3")]
    [InlineData("Cassandra:Replication", "0", "dc1:3,dc2:3")]
    [InlineData("Cassandra:Password", "secret", "Cassandra:Username")]
    [InlineData("Cassandra:ReadConsistency", "LOCAL_ONE", "write LOCAL_QUORUM or QUORUM")]
    [InlineData("Cassandra:WriteConsistency", "ANY", "or EACH_QUORUM")]
    [InlineData("Cassandra:SerialConsistency", "QUORUM", "write SERIAL or LOCAL_SERIAL")]
    [InlineData("Roles", "cleanup", "has nothing to do yet")]
    [InlineData("Roles", "keygen", "KeyGen:Token")]
    [InlineData("KeyGen:Token", "short", "32 or more")]
    [InlineData("KeyGen:Token", "32 characters, of which some are blanks", "without blanks")]
    [InlineData("KeyGen:Addresses", "http://10.0.0.1:8080", "KeyGen:Token")]
    [InlineData("KeyGen:Addresses", "10.0.0.1:8080", "http://10.0.0.1:8080")]
    [InlineData("KeyGen:Addresses", "http://10.0.0.1/keys", "http://10.0.0.1:8080")]
    [InlineData("Keys:Secret", "short", "32 or more")]
    [InlineData("Keys:LowWater", "2000", "PoolSize")]
    [InlineData("Links:OwnHosts", "a b", "write a host")]
    [InlineData("Links:MaxLifetime", "1.00:00:00", "DefaultLifetime")]
    [InlineData("Storage:Directory", " ", "the folder of the database")]
    [InlineData("Nothing:Here", "1", "is no setting")]
    [InlineData("Links", "1", "is no setting")]
    public void A_wrong_value_is_told_with_what_to_write(string name, string value, string advice)
    {
        var failure = Assert.Throws<SettingsException>(() => SettingsReader.Read(With(($"Shortener:{name}", value))));
        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
        Assert.Contains(name.Split(':')[0], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var failure = Assert.Throws<SettingsException>(() => SettingsReader.Read(With(
            ("Shortener:Keys:Length", "12"), ("Shortener:Links:MaxUrlLength", "x"), ("shortener:keys:lowwater", "0"), ("Shortener:Typo", "1"))));
        Assert.Equal(4, failure.Message.Split(Environment.NewLine).Length);
        var rules = Assert.Throws<SettingsException>(() => SettingsReader.Read(With(
            ("Shortener:Redirect:ExpiredStatus", "200"), ("Shortener:Keys:Secret", "short"), ("Shortener:Server:PublicUrl", "x"))));
        Assert.Equal(3, rules.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Fewer_than_all_roles_are_allowed_over_cassandra() =>
        Assert.Equal(["redirect"], SettingsReader.Read(With(
            ("Shortener:Roles", "redirect"), ("Shortener:Storage:Kind", "cassandra"), ("Shortener:Cassandra:ContactPoints", "10.0.0.1"))).Roles);

    private static IConfiguration With(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.ToDictionary(value => value.Key, value => (string?)value.Value)).Build();

    private static string Beyond(Setting setting, string bound, int step) => setting.Property.PropertyType == typeof(TimeSpan)
        ? (TimeSpan.Parse(bound, System.Globalization.CultureInfo.InvariantCulture) + TimeSpan.FromTicks(step)).ToString("c")
        : (long.Parse(bound, System.Globalization.CultureInfo.InvariantCulture) + step).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
