using System.Net;
using System.Net.Sockets;
using Cassandra;
using Shortener.Core;
using Shortener.Storage.Cassandra;

namespace Shortener.Tests.Storage.Cassandra;

public sealed class CassandraErrorsTests
{
    private const ConsistencyLevel Level = ConsistencyLevel.LocalQuorum;

    private static readonly IPEndPoint Node = new(IPAddress.Loopback, 9042);

    private static readonly Dictionary<string, Exception> Errors = new Exception[]
    {
        new NoHostAvailableException([]), new BusyPoolException(Node, 1, 1), new IsBootstrappingException("x"), new ObjectDisposedException("x"),
        new AuthenticationException("x"), new UnauthorizedException("x"),
        new UnavailableException(Level, 2, 1), new OverloadedException("x"), new ServerErrorException("x"), new TruncateException("x"),
        new ReadTimeoutException(Level, 1, 2, false), new ReadFailureException(Level, 1, 2, false, 1), new WriteTimeoutException(Level, 1, 2, "CAS"),
        new WriteFailureException(Level, 1, 2, "CAS", 1), new OperationTimedOutException(Node, 10), new SocketException(),
        new SyntaxError("x"), new InvalidQueryException("x"), new InvalidTypeException("x"), new ProtocolErrorException("x"), new ArgumentException("x"),
    }.ToDictionary(error => error.GetType().Name);

    [Theory]
    [InlineData(nameof(NoHostAvailableException))]
    [InlineData(nameof(BusyPoolException))]
    [InlineData(nameof(IsBootstrappingException))]
    [InlineData(nameof(ObjectDisposedException))]
    [InlineData(nameof(AuthenticationException))]
    [InlineData(nameof(UnauthorizedException))]
    public void What_no_node_has_begun_is_unavailable_also_for_a_write(string error)
    {
        AssertIs(StoreFailure.Unavailable, error, mayHaveWritten: false);
        AssertIs(StoreFailure.Unavailable, error, mayHaveWritten: true);
    }

    [Theory]
    [InlineData(nameof(UnavailableException))]
    [InlineData(nameof(OverloadedException))]
    [InlineData(nameof(ServerErrorException))]
    [InlineData(nameof(TruncateException))]
    [InlineData(nameof(ReadTimeoutException))]
    [InlineData(nameof(ReadFailureException))]
    [InlineData(nameof(WriteTimeoutException))]
    [InlineData(nameof(WriteFailureException))]
    [InlineData(nameof(OperationTimedOutException))]
    [InlineData(nameof(SocketException))]
    public void What_a_node_may_have_begun_is_of_unknown_outcome_for_a_write(string error)
    {
        AssertIs(StoreFailure.Unavailable, error, mayHaveWritten: false);
        AssertIs(StoreFailure.UnknownOutcome, error, mayHaveWritten: true);
    }

    [Theory]
    [InlineData(nameof(SyntaxError))]
    [InlineData(nameof(InvalidQueryException))]
    [InlineData(nameof(InvalidTypeException))]
    [InlineData(nameof(ProtocolErrorException))]
    [InlineData(nameof(ArgumentException))]
    public void A_defect_of_this_program_stays_what_it_is(string error) =>
        Assert.Null(CassandraErrors.Translate(Errors[error], mayHaveWritten: true));

    private static void AssertIs(StoreFailure failure, string error, bool mayHaveWritten)
    {
        var translated = CassandraErrors.Translate(Errors[error], mayHaveWritten);
        Assert.Equal(failure, translated?.Failure);
        Assert.Same(Errors[error], translated!.InnerException);
    }
}
