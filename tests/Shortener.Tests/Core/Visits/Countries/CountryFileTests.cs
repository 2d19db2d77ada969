using System.Net;
using Shortener.Core.Visits.Countries;

namespace Shortener.Tests.Core.Visits.Countries;

public sealed class CountryFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string FilePath => _directory.File("country.mmdb");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(24, 6)]
    [InlineData(28, 6)]
    [InlineData(32, 6)]
    [InlineData(24, 4)]
    [InlineData(28, 4)]
    [InlineData(32, 4)]
    public void Networks_are_found_in_trees_of_every_size(int recordBits, int ipVersion)
    {
        var made = new MaxMindFile(recordBits, ipVersion)
            .Add("192.0.2.0/25", Country("SE")).Add("192.0.2.128/25", Country("NO")).Add("203.0.113.7/32", Country("FI"));
        if (ipVersion == 6) made.Add("2001:db8:1::/48", Country("DK"));
        var file = Open(made);

        Assert.Equal("SE", Find(file, "192.0.2.127"));
        Assert.Equal("NO", Find(file, "192.0.2.128"));
        Assert.Equal("FI", Find(file, "203.0.113.7"));
        Assert.Equal("SE", Find(file, "::ffff:192.0.2.1"));
        Assert.Equal("", Find(file, "203.0.113.6"));
        Assert.Equal("", Find(file, "2001:db8:2::1"));
        Assert.Equal(ipVersion == 6 ? "DK" : "", Find(file, "2001:db8:1:ffff::"));
        Assert.Equal("", file.Find([1, 2, 3]));
    }

    [Fact]
    public void Addresses_far_down_the_data_are_reached_with_28_bits()
    {
        var made = new MaxMindFile(recordBits: 28);
        made.AddData(new byte[17_000_000]);

        Assert.Equal("SE", Find(Open(made.Add("192.0.2.0/24", Country("SE"))), "192.0.2.1"));
        Assert.Equal("SE", Find(Open(made.Add("10.0.0.0/8", Country("SE"))), "10.1.1.1"));
    }

    [Fact]
    public void Records_of_several_makers_are_read()
    {
        var made = new MaxMindFile();
        var shared = made.AddData(MaxMindFile.Map(MaxMindFile.Text("iso_code"), MaxMindFile.Text("CH")));
        var key = made.AddData(MaxMindFile.Text("country"));
        var file = Open(made
            .Add("10.1.0.0/16", MaxMindFile.Map(MaxMindFile.Text("country"), MaxMindFile.Text("JP")))
            .Add("10.2.0.0/16", MaxMindFile.Map(
                MaxMindFile.Text("continent"), MaxMindFile.Map(MaxMindFile.Text("code"), MaxMindFile.Text("EU")),
                MaxMindFile.Pointer(key), MaxMindFile.Pointer(shared),
                MaxMindFile.Text("city"), MaxMindFile.Text("Bern")))
            .Add("10.3.0.0/16", MaxMindFile.Map(MaxMindFile.Text("continent"), MaxMindFile.Text("AN")))
            .Add("10.4.0.0/16", Country("Sweden"))
            .Add("10.5.0.0/16", MaxMindFile.Text("SE")));

        Assert.Equal("JP", Find(file, "10.1.0.1"));
        Assert.Equal("CH", Find(file, "10.2.0.1"));
        Assert.Equal("", Find(file, "10.3.0.1"));
        Assert.Equal("", Find(file, "10.4.0.1"));
        Assert.Equal("", Find(file, "10.5.0.1"));
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        var file = Open(Sample());
        byte[] address = [192, 0, 2, 1];
        file.Find(address);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) file.Find(address);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("binary_format_major_version", 3, "version 3 of the format")]
    [InlineData("record_size", 20, "records have 20 bits")]
    [InlineData("ip_version", 5, "version 5 of IP")]
    [InlineData("node_count", 0, "0 nodes")]
    [InlineData("node_count", 100_000, "100000 nodes")]
    public void Metadata_that_is_wrong_is_told(string key, int value, string expected)
    {
        var made = Sample();
        made.Metadata[key] = value;
        AssertRefused(made.ToArray(), expected);
    }

    [Fact]
    public void What_is_no_such_file_is_told()
    {
        AssertRefused([], "does not end as a MaxMind-DB file does");
        AssertRefused(new byte[200_000], "does not end as a MaxMind-DB file does");
        AssertRefused(new MaxMindFile().Add("10.0.0.0/8", MaxMindFile.Text("nothing")).ToArray(), "names no country");
        AssertRefused(new MaxMindFile().Add("10.0.0.0/8", MaxMindFile.Pointer(2_000)).ToArray(), "leads outside");
        AssertRefused(new MaxMindFile().Add("10.0.0.0/8", Nested(40)).ToArray(), "deeper than");
        using (var sparse = File.OpenWrite(FilePath)) sparse.SetLength(1L << 31);
        Assert.Contains("2147483648 bytes", Assert.Throws<InvalidDataException>(() => CountryFile.Load(FilePath)).Message);
        File.Delete(FilePath);
        Assert.Contains("cannot be read", Assert.Throws<InvalidDataException>(() => CountryFile.Load(FilePath)).Message);
    }

    [Fact]
    public void A_newer_file_is_taken()
    {
        var file = Open(Sample());
        Assert.Equal(CountryFileChange.None, file.Refresh());

        Write(new MaxMindFile().Add("192.0.2.0/24", Country("IS")).ToArray());

        Assert.Equal("SE", Find(file, "192.0.2.1"));
        Assert.Equal(CountryFileChange.Replaced, file.Refresh());
        Assert.Equal("IS", Find(file, "192.0.2.1"));
    }

    /// <summary>As Kubernetes and git-sync replace files: a folder in between is a link, and leads elsewhere from then on.</summary>
    [Fact]
    public void A_newer_file_behind_a_link_is_taken()
    {
        foreach (var (folder, country) in new[] { ("old", "SE"), ("new", "IS") })
        {
            Directory.CreateDirectory(_directory.File(folder));
            File.WriteAllBytes(
                _directory.File($"{folder}/country.mmdb"), new MaxMindFile().Add("192.0.2.0/24", Country(country)).ToArray());
        }

        File.SetLastWriteTimeUtc(_directory.File("new/country.mmdb"), DateTime.UtcNow.AddSeconds(2));
        File.CreateSymbolicLink(_directory.File("current"), _directory.File("old"));
        File.CreateSymbolicLink(FilePath, _directory.File("current/country.mmdb"));
        var file = CountryFile.Load(FilePath);

        File.Delete(_directory.File("current"));
        File.CreateSymbolicLink(_directory.File("current"), _directory.File("new"));

        Assert.Equal(CountryFileChange.Replaced, file.Refresh());
        Assert.Equal("IS", Find(file, "192.0.2.1"));
    }

    [Fact]
    public void A_damaged_or_missing_newer_file_changes_nothing_and_is_told_once()
    {
        var file = Open(Sample());

        Write(Sample().ToArray()[..^1]);
        Assert.Contains(FilePath, file.Refresh().Problem);
        Assert.Equal(CountryFileChange.None, file.Refresh());
        Assert.Equal("SE", Find(file, "192.0.2.1"));

        File.Delete(FilePath);
        Assert.Contains("cannot be read", file.Refresh().Problem);
        Assert.Equal(CountryFileChange.None, file.Refresh());
        Assert.Equal("SE", Find(file, "192.0.2.1"));

        Write(Sample().ToArray());
        Assert.Equal(CountryFileChange.Replaced, file.Refresh());
    }

    /// <summary>As <c>cp</c> cuts it off before it writes: had it been mapped, the look-up would end this process.</summary>
    [Fact]
    public void A_file_cut_off_in_its_place_is_still_looked_up()
    {
        var made = Sample();
        made.AddData(new byte[1_000_000]);
        var file = Open(made.Add("10.0.0.0/8", Country("DK")));

        using (var writer = new FileStream(FilePath, FileMode.Truncate)) Assert.Equal(0, writer.Length);

        Assert.Equal("SE", Find(file, "192.0.2.1"));
        Assert.Equal("DK", Find(file, "10.0.0.1"));
    }

    internal static byte[] Country(string code) => MaxMindFile.Map(MaxMindFile.Text("country_code"), MaxMindFile.Text(code));

    internal static string Find(CountryFile file, string address) => file.Find(IPAddress.Parse(address).GetAddressBytes());

    private static MaxMindFile Sample() => new MaxMindFile().Add("192.0.2.0/24", Country("SE"));

    private static byte[] Nested(int depth) =>
        depth == 0 ? MaxMindFile.Text("a") : MaxMindFile.Map(MaxMindFile.Text("a"), Nested(depth - 1));

    private CountryFile Open(MaxMindFile file)
    {
        Write(file.ToArray());
        return CountryFile.Load(FilePath);
    }

    /// <summary>In one step, and with a time of change that no earlier file had.</summary>
    private void Write(byte[] content)
    {
        var written = File.GetLastWriteTimeUtc(FilePath);
        File.WriteAllBytes(FilePath, content);
        File.SetLastWriteTimeUtc(FilePath, (written > DateTime.UtcNow ? written : DateTime.UtcNow).AddSeconds(2));
    }

    private void AssertRefused(byte[] content, string expected)
    {
        Write(content);
        var message = Assert.Throws<InvalidDataException>(() => CountryFile.Load(FilePath)).Message;
        Assert.Contains(expected, message);
        Assert.Contains(FilePath, message);
        Assert.Contains("eng/geo", message);
    }
}
