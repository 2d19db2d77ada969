using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Destinations;

namespace Shortener.Tests.Core.Destinations;

public class DestinationUrlProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true);

    // Pieces that matter to the parser, so that most texts get past the scheme, and any UTF-16 code unit.
    private static readonly Gen<string> Piece = Gen.Frequency(
        (8, Gen.Elements(
            "http://", "https://", "/", "//", "\\", ".", "..", "%2e", "%", ":", "@", "?", "#", "[", "]", "::", "1", "0x", "08",
            "256", ":80", "65536", "a", "B", "-", "xn--", "xn--4ca", "ä", "ß", "。", "１", "א", "ا", "\u00AD",
            "\u200D", "😀", " ", "\t", "\0", "\"", "<", "^")),
        (1, Gen.Choose(0, 0xFFFF).Select(unit => ((char)unit).ToString())));

    private static readonly Gen<string> Tail = Piece.ArrayOf().Select(string.Concat);

    private static readonly Arbitrary<string> Texts =
        (from start in Gen.Elements("", "http://", "https://a", "http://a.b/c?", "http://a/", "http://[::")
         from tail in Tail
         select start + tail).ToArbitrary();

    /// <summary>Mostly texts that need no change, and one piece that may need some.</summary>
    private static readonly Arbitrary<string> NearlySerialised =
        (from start in Gen.Elements(
             "http://example.com", "https://a.b-c.d_e/", "http://a/b?c=d", "https://a/b#c", "http://a1.2b/c?d#e")
         from tail in Gen.Choose('!', '~').Select(c => ((char)c).ToString()).ArrayOf().Select(string.Concat)
         from piece in Gen.Frequency((3, Gen.Constant("")), (1, Piece))
         from end in Gen.Elements("", "/", "/.", "/x.y", "?z", "#z")
         select start + tail + piece + end).ToArbitrary();

    [Fact]
    public void Never_throws_and_never_says_two_things() => Check(Texts, text =>
        (DestinationUrl.TryParse(text, out var url) == DestinationError.None) == (url is not null));

    [Fact]
    public void Reading_the_result_again_changes_nothing() => Check(Texts, text =>
        DestinationUrl.TryParse(text, out var url) != DestinationError.None
        || (DestinationUrl.TryParse(url!.Href, out var again) == DestinationError.None && Parts(again) == Parts(url)));

    [Fact]
    public void The_result_is_printable_ascii_and_safe_in_a_header_and_in_markup() => Check(Texts, text =>
        DestinationUrl.TryParse(text, out var url) != DestinationError.None
        || url!.Href.All(c => c is > ' ' and <= '~' and not ('"' or '<' or '>')));

    [Fact]
    public void The_result_begins_with_its_scheme_and_host() => Check(Texts, text =>
        DestinationUrl.TryParse(text, out var url) != DestinationError.None
        || (url!.Href.StartsWith($"{url.Scheme}://{url.Host}", StringComparison.Ordinal) && url.Port is >= 0 and <= 65535));

    [Fact]
    public void A_reused_string_is_what_the_parser_would_have_made() => Check(NearlySerialised, IsSameWithoutReuse);

    [Fact]
    public void Every_text_is_read_alike_with_and_without_reuse() => Check(Texts, IsSameWithoutReuse);

    [Fact]
    public void Every_vector_is_read_alike_with_and_without_reuse() =>
        Assert.All(UrlVectors.All, vector => Assert.True(IsSameWithoutReuse(vector.Input), vector.Input));

    private static bool IsSameWithoutReuse(string text) =>
        DestinationUrl.TryParse(text, out var url) == UrlParser.Parse(text, out var parsed) && Parts(url) == Parts(parsed);

    private static (string, string, string, int)? Parts(DestinationUrl? url) =>
        url is null ? null : (url.Href, url.Scheme, url.Host, url.Port);

    private static void Check(Arbitrary<string> texts, Func<string, bool> holds) => Prop.ForAll(texts, holds).Check(Thorough);
}
