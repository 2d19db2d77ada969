using Xunit.Sdk;

namespace Shortener.Tests.Core.Visits;

/// <summary>Public data that <c>eng/visit-data</c> fetches; tests that need it are skipped where it could not be had.</summary>
internal static class VisitData
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SHORTENER_TEST_VISIT_DATA");

    /// <summary>A file of it, such as <c>geo/country.mmdb</c>.</summary>
    public static string File(string path) => Folder is not null ? Path.Combine(Folder, path) : throw SkipException.ForSkip(
        Environment.GetEnvironmentVariable("SHORTENER_TEST_NO_VISIT_DATA")
            ?? "SHORTENER_TEST_VISIT_DATA is not set: run the tests by ./test.");
}
