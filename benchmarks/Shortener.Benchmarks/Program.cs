using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Shortener.Benchmarks;

if (args is ["hit-ratio"])
{
    HitRatio.Print(Console.Out);
    return;
}

// In this process: BenchmarkDotNet's own project for each benchmark would not find what central package management restored.
var config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(12))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(HitRatio).Assembly).Run(args, config);
