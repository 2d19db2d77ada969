using System.Reflection;
using Shortener.Tests.Servers;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(ServerTestFramework))]
[assembly: AssemblyFixture(typeof(CassandraServer))]

namespace Shortener.Tests.Servers;

/// <summary>
/// Begins the start of the shared Cassandra node, which takes seconds, when a test that is about to run needs it; ends all
/// servers after the last test.
/// </summary>
public sealed class ServerTestFramework : XunitTestFramework
{
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new Executor(new XunitTestAssembly(assembly, null, assembly.GetName().Version));

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions, CancellationToken cancellationToken)
        {
            CassandraServer.IsNeeded = testCases.Any(NeedsCassandra);
            await base.RunTestCases(testCases, executionMessageSink, executionOptions, cancellationToken);
            await ServerReaper.OfRun.DisposeAsync();
        }

        private static bool NeedsCassandra(IXunitTestCase testCase) => Takes(testCase.TestClass.Class);

        /// <summary>Whether a class, or a fixture that it takes, takes the server.</summary>
        private static bool Takes(Type type) => type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.ParameterType == typeof(CassandraServer)
                || (parameter.ParameterType.Namespace!.StartsWith("Shortener", StringComparison.Ordinal) && Takes(parameter.ParameterType)));
    }
}
