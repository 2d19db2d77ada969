using System.Runtime.CompilerServices;
using System.Text;
using Shortener.Core;
using Shortener.Core.Visits;
using Shortener.Server.Problems;

namespace Shortener.Server.Management.Stats;

/// <summary>Every count of a range as a file, sent while it is read: a week of one dimension is in memory at a time.</summary>
public sealed class StatsExport(
    IVisitStore visits, LinkGeneration link, StatsRange range, ExportFormat format, string fileName) : IResult
{
    private const int DaysAtOnce = 7;

    private const int BufferCharacters = 16 * 1024;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellationToken) = (httpContext.Response, httpContext.RequestAborted);
        await using var rows = RowsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        // Before the answer begins: where the store cannot answer, it is a problem as elsewhere.
        var hasRow = await rows.MoveNextAsync();
        response.ContentType = $"{format.MediaType}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}.{format.Name}\"";
        if (httpContext.Request.Method == HttpMethods.Head) return;
        try
        {
            // Never disposed of: that would send what is left, which after a failure must not be sent.
            var writer = new StreamWriter(response.Body, new UTF8Encoding(), BufferCharacters, leaveOpen: true);
            await writer.WriteAsync(format.Head);
            for (; hasRow; hasRow = await rows.MoveNextAsync()) await writer.WriteAsync(format.Line(rows.Current));
            await writer.FlushAsync(cancellationToken);
        }
        catch (Exception failure) when (response.HasStarted && failure is StoreException or TimeoutException)
        {
            // A file that ended here would look whole.
            httpContext.RequestServices.GetRequiredService<FailureAnswers>().Report(failure);
            httpContext.Abort();
        }
    }

    private async IAsyncEnumerable<StatsRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (DateTimeOffset start = range.From, end; start < range.To; start = end)
        {
            end = new DateTimeOffset(start.UtcDateTime.Date, TimeSpan.Zero).AddDays(DaysAtOnce);
            if (end > range.To) end = range.To;
            var total = await ReadAsync(VisitDimension.Total);
            if (total.Count == 0) continue;
            foreach (var count in total) yield return Row(VisitDimension.Total, count);
            foreach (var dimension in Enum.GetValues<VisitDimension>().Where(dimension => dimension != VisitDimension.Total))
            {
                foreach (var count in await ReadAsync(dimension)) yield return Row(dimension, count);
            }

            Task<IReadOnlyList<VisitCount>> ReadAsync(VisitDimension dimension) =>
                visits.ReadAsync(new VisitQuery(link, start, end, dimension, VisitInterval.Hour), cancellationToken);
        }
    }

    private static StatsRow Row(VisitDimension dimension, VisitCount count) => new(
        count.Start, StatsNames.NameOf(count.Interval), StatsNames.NameOf(dimension), count.Value, count.People, count.Bots);
}
