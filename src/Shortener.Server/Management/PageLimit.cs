namespace Shortener.Server.Management;

/// <summary>How many items the pages of lists have.</summary>
public static class PageLimit
{
    /// <summary>The fewest that can be asked for.</summary>
    public const int Min = 1;

    /// <summary>The most that can be asked for.</summary>
    public const int Max = 100;

    /// <summary>Where nothing is asked for.</summary>
    public const int Default = 20;

    /// <summary>The <c>limit</c> of a query.</summary>
    public static int Read(QueryFields query) => query.Number("limit", Default, Min, Max);
}
