using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace Shortener.Core.Visits;

/// <summary>
/// Numbers that tell visitors of one day apart, to count each once, and tell nothing else. Safe for use by several threads at
/// once.
/// </summary>
/// <remarks>
/// <para>
/// A number is SipHash-2-4 of the address and the agent, under a key that HKDF (RFC 5869) derives from the deployment's secret
/// and the UTC date. Processes with one secret agree, so that a visitor of several is counted once. The numbers of two days have
/// nothing in common: nobody can be followed from one to the next.
/// </para>
/// <para>
/// Who knows neither the secret nor a day's key learns nothing from a number. Who has the secret can try all IPv4 addresses, so
/// numbers should not be kept longer than it takes to count them, and the secret no less close than any other.
/// </para>
/// <para>Several people behind one address with the same agent are one visitor; one with two browsers is two.</para>
/// </remarks>
public sealed class VisitorIds
{
    /// <summary>The fewest bytes of a secret.</summary>
    public const int MinSecretLength = 16;

    /// <summary>The most UTF-8 bytes of an agent that count.</summary>
    private const int MaxAgentBytes = 512;

    private readonly byte[] _secret;
    private volatile DayKey _today;

    /// <param name="secret">The deployment's secret: random, and the same for all processes.</param>
    /// <exception cref="ArgumentException">It is shorter than <see cref="MinSecretLength"/>.</exception>
    public VisitorIds(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinSecretLength)
        {
            throw new ArgumentException($"A secret has {MinSecretLength} bytes or more.", nameof(secret));
        }

        _secret = secret.ToArray();
        _today = DayKey.Derive(_secret, default);
    }

    /// <summary>The number of a visitor on the day of a visit; never 0. Nothing is allocated, but once a day.</summary>
    /// <param name="time">When the visit was; its UTC date counts.</param>
    /// <param name="address">The visitor's whole address, not masked; null for a connection without one.</param>
    /// <param name="agent">The user agent; bytes behind the first 512 in UTF-8 do not count.</param>
    public ulong Of(DateTimeOffset time, IPAddress? address, ReadOnlySpan<char> agent)
    {
        var date = DateOnly.FromDateTime(time.UtcDateTime);
        var key = _today;
        if (key.Date != date) _today = key = DayKey.Derive(_secret, date);

        // The address always takes 16 bytes, so that no two pairs make one message.
        Span<byte> message = stackalloc byte[ClientAddress.Length + MaxAgentBytes];
        message[..ClientAddress.Length].Clear();
        address?.TryWriteBytes(message, out _);
        Utf8.FromUtf16(agent, message[ClientAddress.Length..], out _, out var agentLength);
        var id = key.Hash.Of(message[..(ClientAddress.Length + agentLength)]);
        return id == 0 ? 1 : id;
    }

    private sealed record DayKey(DateOnly Date, SipHash Hash)
    {
        public static DayKey Derive(byte[] secret, DateOnly date)
        {
            Span<byte> info = stackalloc byte["visitor ids "u8.Length + sizeof(int)];
            "visitor ids "u8.CopyTo(info);
            BinaryPrimitives.WriteInt32BigEndian(info[^sizeof(int)..], date.DayNumber);
            Span<byte> key = stackalloc byte[SipHash.KeyLength];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], info);
            return new DayKey(date, new SipHash(key));
        }
    }
}
