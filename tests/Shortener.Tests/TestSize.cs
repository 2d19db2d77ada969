using System.Globalization;

namespace Shortener.Tests;

/// <summary>Sizes of tests that the environment can raise; README has the commands of large runs.</summary>
internal static class TestSize
{
    public static int Of(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
