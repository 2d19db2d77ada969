namespace Cassandra;

/// <summary>The policies of a cluster, and those that it has unless told otherwise.</summary>
public class Policies
{
    /// <summary>With those policies.</summary>
    public Policies(ILoadBalancingPolicy loadBalancingPolicy, IReconnectionPolicy reconnectionPolicy, IRetryPolicy retryPolicy)
        : this(loadBalancingPolicy, reconnectionPolicy, retryPolicy, NoSpeculativeExecutionPolicy.Instance)
    {
    }

    internal Policies(
        ILoadBalancingPolicy loadBalancing, IReconnectionPolicy reconnection, IRetryPolicy retry, ISpeculativeExecutionPolicy speculative) =>
        (LoadBalancingPolicy, ReconnectionPolicy, RetryPolicy, SpeculativeExecutionPolicy) = (loadBalancing, reconnection, retry, speculative);

    /// <summary>Replicas first, in the data centre of the contact point which answered first.</summary>
    public static ILoadBalancingPolicy DefaultLoadBalancingPolicy => new TokenAwarePolicy(new DCAwareRoundRobinPolicy());

    /// <summary>From 1 second to 10 minutes.</summary>
    public static IReconnectionPolicy DefaultReconnectionPolicy => new ExponentialReconnectionPolicy(1_000, 10 * 60 * 1_000);

    /// <summary>Once more where that is likely to help.</summary>
    public static IRetryPolicy DefaultRetryPolicy { get; } = new DefaultRetryPolicy();

    /// <summary>One host at a time.</summary>
    public static ISpeculativeExecutionPolicy DefaultSpeculativeExecutionPolicy => NoSpeculativeExecutionPolicy.Instance;

    /// <summary>Which hosts are used.</summary>
    public ILoadBalancingPolicy LoadBalancingPolicy { get; }

    /// <summary>How long to wait between attempts to connect.</summary>
    public IReconnectionPolicy ReconnectionPolicy { get; }

    /// <summary>What follows an error.</summary>
    public IRetryPolicy RetryPolicy { get; }

    /// <summary>When a further host is asked.</summary>
    public ISpeculativeExecutionPolicy SpeculativeExecutionPolicy { get; }
}
