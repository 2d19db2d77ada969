using System.Net;

namespace Cassandra.Protocol;

/// <summary>Turns the body of an ERROR into the exception of its code (section 9 of the protocol specification).</summary>
internal static class ErrorReader
{
    public static Exception Read(ref BodyReader body, IPEndPoint host)
    {
        var code = body.Int();
        var message = body.String();
        return code switch
        {
            0x0000 => new ServerErrorException(message),
            0x000A => new ProtocolErrorException(message),
            0x0100 => new AuthenticationException(message, host),
            0x1000 => new UnavailableException(body.Consistency(), body.Int(), body.Int()),
            0x1001 => new OverloadedException(message),
            0x1002 => new IsBootstrappingException(message),
            0x1003 => new TruncateException(message),
            0x1100 => new WriteTimeoutException(body.Consistency(), body.Int(), body.Int(), body.String()),
            0x1200 => new ReadTimeoutException(body.Consistency(), body.Int(), body.Int(), body.Byte() != 0),
            0x1300 => ReadFailure(ref body),
            0x1400 => new FunctionFailureException($"{message} ({body.String()}.{body.String()}({string.Join(", ", body.StringList())}))"),
            0x1500 => new WriteFailureException(body.Consistency(), body.Int(), body.Int(), failures: body.Int(), writeType: body.String()),
            0x2000 => new SyntaxError(message),
            0x2100 => new UnauthorizedException(message),
            0x2200 => new InvalidQueryException(message),
            0x2300 => new InvalidConfigurationInQueryException(message),
            0x2400 => new AlreadyExistsException(body.String(), body.String()),
            0x2500 => new PreparedQueryNotFoundException(message, body.ShortBytes()),
            _ => new ServerErrorException($"{message} (error 0x{code:X4})"),
        };
    }

    private static ReadFailureException ReadFailure(ref BodyReader body)
    {
        var (consistency, received, required, failures) = (body.Consistency(), body.Int(), body.Int(), body.Int());
        return new ReadFailureException(consistency, received, required, body.Byte() != 0, failures);
    }
}
