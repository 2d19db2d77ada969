using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

/// <summary>Headers are whatever anybody sends: nothing may throw, and nothing may be longer than promised.</summary>
public class VisitParsingProperties
{
    private static readonly Arbitrary<string> Texts = Gen.Frequency(
        (6, Gen.Elements(
            "utm_source=", "utm_term=", "&", "=", "%", "%C3", "%00", "+", "?", ";q=", "0.5", ",", "-", "de", "*", "http://",
            "www.", "android-app://", "https://a", ".", "[", "]", ":", "@", "/", "xn--", "prefetch", ";", " ", "\t", "\0", "ä",
            "😀", "\uD83D")),
        (1, Gen.Choose(0, 0xFFFF).Select(unit => ((char)unit).ToString()))).ArrayOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void A_referrer_is_a_host_or_empty() => Check(text =>
        Referrers.HostOf(text) is { Length: <= Referrers.MaxLength } host && host.All(c => c is > ' ' and <= '~' and not '/'));

    [Fact]
    public void A_language_is_a_few_letters_or_empty() => Check(text =>
        Languages.PrimaryOf(text) is { Length: 0 or >= 2 and <= Languages.MaxLength } language
        && language.All(char.IsAsciiLetterLower));

    [Fact]
    public void Utm_fields_are_short_clean_text() => Check(text => UtmFields.Parse(text) is var fields
        && new[] { fields.Source, fields.Medium, fields.Campaign, fields.Term, fields.Content }.All(value =>
            value.Length <= UtmFields.MaxLength && IsClean(value)));

    [Fact]
    public void Any_agent_has_a_number() => Check(text =>
        new VisitorIds(new byte[16]).Of(DateTimeOffset.UnixEpoch, IPAddress.Loopback, text) != 0);

    [Fact]
    public void Any_purpose_is_read() => Check(text =>
        !Prefetch.IsMeantBy(text) || text.Contains("prefetch", StringComparison.OrdinalIgnoreCase));

    private static bool IsClean(string text) =>
        !text.Any(char.IsControl) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static void Check(Func<string, bool> holds) =>
        Prop.ForAll(Texts, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithQuietOnSuccess(true));
}
