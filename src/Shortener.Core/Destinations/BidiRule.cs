using System.Globalization;
using System.Text;

namespace Shortener.Core.Destinations;

/// <summary>
/// The Bidi Rule (RFC 5893, section 2), which domain to ASCII asks for and <see cref="IdnMapping"/> does not check: labels of a
/// domain with right-to-left letters must not mix directions, or the domain would be displayed as another.
/// </summary>
/// <remarks>
/// .NET does not publish the bidirectional classes, so they are told from the general category and the blocks of right-to-left
/// scripts. That is exact for those blocks and for letters and digits; elsewhere symbols count as neutral, and some are not.
/// </remarks>
internal static class BidiRule
{
    private enum Direction { LeftToRight, RightToLeft, EuropeanNumber, ArabicNumber, Mark, Neutral }

    /// <summary>
    /// Whether the rule holds for the labels of a domain, in Unicode. It asks nothing of a left-to-right domain.
    /// </summary>
    public static bool Holds(IReadOnlyCollection<string> labels) => !labels.Any(IsRightToLeft) || labels.All(HoldsForLabel);

    private static bool IsRightToLeft(string label)
    {
        foreach (var rune in label.EnumerateRunes())
        {
            if (DirectionOf(rune) is Direction.RightToLeft or Direction.ArabicNumber) return true;
        }

        return false;
    }

    private static bool HoldsForLabel(string label)
    {
        if (label.Length == 0) return true;

        var first = DirectionOf(Rune.GetRuneAt(label, 0));
        var last = first;
        var (european, arabic) = (false, false);
        foreach (var rune in label.EnumerateRunes())
        {
            var direction = DirectionOf(rune);
            if (direction != Direction.Mark) last = direction;
            european |= direction == Direction.EuropeanNumber;
            arabic |= direction == Direction.ArabicNumber;
            if (direction is Direction.LeftToRight or Direction.RightToLeft && direction != first) return false;
        }

        return first switch
        {
            Direction.RightToLeft => last is not Direction.Neutral && !(european && arabic),
            Direction.LeftToRight => last is not Direction.Neutral && !arabic,
            _ => false,
        };
    }

    private static Direction DirectionOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => Direction.Mark,
        _ when rune.Value is >= '0' and <= '9' or >= 0x06F0 and <= 0x06F9 => Direction.EuropeanNumber,
        _ when IsArabicNumber(rune.Value) => Direction.ArabicNumber,
        _ when IsNeutralAmongRightToLeft(rune.Value) => Direction.Neutral,
        _ when IsOfRightToLeftBlock(rune.Value) => Direction.RightToLeft,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber => Direction.LeftToRight,
        _ => Direction.Neutral,
    };

    private static bool IsOfRightToLeftBlock(int value) =>
        value is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;

    private static bool IsArabicNumber(int value) =>
        value is >= 0x0660 and <= 0x0669 or 0x066B or 0x066C or >= 0x10D30 and <= 0x10D39 or >= 0x10E60 and <= 0x10E7E;

    private static bool IsNeutralAmongRightToLeft(int value) =>
        value is 0x0606 or 0x0607 or 0x0609 or 0x060A or 0x060C or 0x060E or 0x060F or 0x066A or 0x06DE or 0x06E9
            or >= 0x07F6 and <= 0x07F9 or >= 0xFD3E and <= 0xFD4F or 0xFDCF or >= 0xFDFD and <= 0xFDFF
            or 0x1091F or >= 0x10B39 and <= 0x10B3F or 0x1EEF0 or 0x1EEF1;
}
