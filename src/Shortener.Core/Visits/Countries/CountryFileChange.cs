namespace Shortener.Core.Visits.Countries;

/// <summary>What a look for a newer country file found.</summary>
/// <param name="IsReplaced">Whether another file is in use from now on.</param>
/// <param name="Problem">Why a changed file is not used, as a sentence; null if there is none.</param>
public readonly record struct CountryFileChange(bool IsReplaced, string? Problem)
{
    /// <summary>The file is the same as before.</summary>
    public static CountryFileChange None => default;

    /// <summary>The changed file is in use.</summary>
    public static CountryFileChange Replaced => new(true, null);

    /// <summary>The changed file cannot be used; the earlier one stays.</summary>
    public static CountryFileChange Refused(string problem) => new(false, problem);
}
