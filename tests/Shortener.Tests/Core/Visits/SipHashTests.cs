using System.Buffers.Binary;
using Shortener.Core.Visits;

namespace Shortener.Tests.Core.Visits;

public class SipHashTests
{
    /// <summary>
    /// Key and message are 0, 1, 2, ... Fifteen bytes are the example in the paper's appendix; the others are OpenSSL's:
    /// <c>openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt size:8 -in message SIPHASH</c>.
    /// </summary>
    [Theory]
    [InlineData(0, "310E0EDD47DB6F72")]
    [InlineData(1, "FD67DC93C539F874")]
    [InlineData(7, "37D1018BF50002AB")]
    [InlineData(8, "6224939A79F5F593")]
    [InlineData(15, "E545BE4961CA29A1")]
    [InlineData(63, "724506EB4C328A95")]
    public void Known_messages_have_their_hash(int length, string expected)
    {
        var numbers = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        var hash = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(hash, new SipHash(numbers).Of(numbers.AsSpan(0, length)));
        Assert.Equal(expected, Convert.ToHexString(hash));
    }
}
