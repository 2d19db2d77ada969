using System.Buffers.Binary;
using System.Text;
using Shortener.Core.Visits.Agents;
using Shortener.Core.Visits.Countries;

namespace Shortener.Core.Visits;

/// <summary>Reads what a visit tells out of what the visitor sent.</summary>
/// <param name="countries">Tells countries; null: every country is unknown.</param>
public sealed class VisitReader(CountryFile? countries)
{
    /// <summary>The link that was followed.</summary>
    public static LinkGeneration LinkOf(in VisitRecord visit) => new(Text(visit.Alias), visit.Generation);

    /// <summary>Whose it is.</summary>
    public static string OwnerOf(in VisitRecord visit) => Text(visit.Owner);

    /// <summary>Whether a program asked by itself.</summary>
    public static bool IsBot(in VisitRecord visit) => UserAgent.Parse(Text(visit.UserAgent)).IsBot;

    /// <summary>Whether it names a campaign; most visits belong to none.</summary>
    public static bool IsOfCampaign(in VisitRecord visit) => visit.Query.IndexOf("utm_"u8) >= 0;

    /// <summary>All that it tells.</summary>
    public VisitDetails Read(in VisitRecord visit)
    {
        var agent = UserAgent.Parse(Text(visit.UserAgent));
        return new VisitDetails(
            agent.IsBot, CountryOf(visit.Address), agent.Browser, agent.System, agent.Device,
            Languages.PrimaryOf(Text(visit.AcceptLanguage)), visit.Referrer.IsEmpty ? "" : Referrers.HostOf(Text(visit.Referrer)),
            IsOfCampaign(visit) ? UtmFields.Parse(Text(visit.Query)) : UtmFields.None);
    }

    private string CountryOf(UInt128 address)
    {
        if (countries is null) return "";
        Span<byte> bytes = stackalloc byte[ClientAddress.Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return countries.Find(bytes);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "" : Encoding.UTF8.GetString(bytes);
}
