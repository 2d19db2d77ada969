using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Visits.Countries;

namespace Shortener.Tests.Core.Visits.Countries;

/// <summary>Whatever happens to a file's bytes: it is refused in a sentence, or every look-up has an answer.</summary>
public class DamagedCountryFileProperties
{
    private static readonly byte[] Intact = Make();

    private static readonly Gen<byte[]> Flipped =
        from flips in (from place in Gen.Choose(0, Intact.Length - 1)
                       from bits in Gen.Choose(1, 255)
                       select (Place: place, Bits: bits)).NonEmptyListOf()
        select Flip(flips);

    private static readonly Gen<byte[]> Cut = from start in Gen.Choose(0, Intact.Length)
                                              from end in Gen.Choose(start, Intact.Length)
                                              select Intact.Where((_, i) => i < start || i >= end).ToArray();

    private static readonly byte[][] Addresses =
        [[0, 0, 0, 0], [255, 255, 255, 255], [192, 0, 2, 1], new byte[16], [.. Enumerable.Repeat((byte)255, 16)], [1], []];

    [Fact]
    public void Flipped_bytes_do_no_harm() => Check(Flipped);

    [Fact]
    public void Missing_bytes_do_no_harm() => Check(Cut);

    [Fact]
    public void The_intact_file_is_accepted() => Assert.Equal("SE", new CountryTree(Intact).Find([192, 0, 2, 1]));

    private static byte[] Flip(IEnumerable<(int Place, int Bits)> flips)
    {
        var file = Intact.ToArray();
        foreach (var (place, bits) in flips) file[place] ^= (byte)bits;
        return file;
    }

    private static void Check(Gen<byte[]> files) =>
        Prop.ForAll(files.ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), IsRefusedOrAnswers)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true));

    private static bool IsRefusedOrAnswers(byte[] file, byte[] address)
    {
        CountryTree tree;
        try
        {
            tree = new CountryTree(file);
        }
        catch (InvalidDataException)
        {
            return true;
        }

        return Addresses.Append(address).All(bytes => tree.Find(bytes).Length is 0 or 2);
    }

    private static byte[] Make()
    {
        var made = new MaxMindFile(recordBits: 28);
        var shared = made.AddData(MaxMindFile.Map(MaxMindFile.Text("iso_code"), MaxMindFile.Text("CH")));
        return made
            .Add("192.0.2.0/24", CountryFileTests.Country("SE"))
            .Add("10.0.0.0/9", MaxMindFile.Map(
                MaxMindFile.Text("city"), MaxMindFile.Text("Bern"), MaxMindFile.Text("country"), MaxMindFile.Pointer(shared)))
            .Add("2001:db8::/32", CountryFileTests.Country("DK")).ToArray();
    }
}
