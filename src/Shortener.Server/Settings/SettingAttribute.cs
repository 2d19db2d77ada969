namespace Shortener.Server.Settings;

/// <summary>Marks a property as a setting: says what it is for and which values it takes.</summary>
/// <param name="purpose">What it decides and why the default is what it is, for the operator.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string purpose) : Attribute
{
    /// <summary>What it decides and why the default is what it is.</summary>
    public string Purpose { get; } = purpose;

    /// <summary>The lowest value allowed, as it is written in configuration; null: no bound.</summary>
    public string? Min { get; init; }

    /// <summary>The highest value allowed, as it is written in configuration; null: no bound.</summary>
    public string? Max { get; init; }

    /// <summary>True for what must not be printed.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>Options with rules beyond the range of each value.</summary>
public interface ICheckedOptions
{
    /// <summary>What is wrong, a sentence each that says what to write.</summary>
    IEnumerable<string> Check();
}
