using System.Buffers.Binary;
using Shortener.Core.Links;
using Shortener.Core.Visits;
using Shortener.Core.Visits.Live;

namespace Shortener.Server.Redirect;

/// <summary>
/// Offers visits to the spool and to who follows them, neither of which waits. HEAD and prefetches are no visits. Of the address only the masked form leaves
/// memory; the visitor's number tells one of a day's visitors from the others and nothing else.
/// </summary>
public sealed class VisitCapture(VisitSpool spool, VisitTap tap, VisitorIds visitors)
{
    /// <summary>A link was followed.</summary>
    public void Followed(HttpContext context, ReadOnlySpan<char> alias, ResolvedLink link, DateTimeOffset now) =>
        Offer(context, VisitKind.Followed, alias, link, now);

    /// <summary>There was nothing under this alias.</summary>
    public void Unknown(HttpContext context, ResolvedLink link, DateTimeOffset now) =>
        Offer(context, VisitKind.UnknownAlias, alias: [], link, now);

    private void Offer(HttpContext context, VisitKind kind, ReadOnlySpan<char> alias, ResolvedLink link, DateTimeOffset now)
    {
        var headers = context.Request.Headers;
        if (context.Request.Method != HttpMethods.Get || IsPrefetch(headers)) return;
        var address = context.Connection.RemoteIpAddress;
        string? agent = headers.UserAgent;
        Span<byte> masked = stackalloc byte[ClientAddress.Length];
        ClientAddress.Mask(address, masked);
        var visit = new Visit
        {
            Time = now,
            Kind = kind,
            Alias = alias,
            Generation = link.Generation,
            Owner = link.Owner,
            Address = BinaryPrimitives.ReadUInt128BigEndian(masked),
            Visitor = visitors.Of(now, address, agent),
            UserAgent = agent,
            Referrer = (string?)headers.Referer,
            AcceptLanguage = (string?)headers.AcceptLanguage,
            Query = context.Request.QueryString.Value,
        };
        spool.TryAppend(visit);
        tap.Offer(visit);
    }

    private static bool IsPrefetch(IHeaderDictionary headers) =>
        Prefetch.IsMeantBy((string?)headers["Sec-Purpose"]) || Prefetch.IsMeantBy((string?)headers["Purpose"])
        || Prefetch.IsMeantBy((string?)headers["X-Moz"]);
}
