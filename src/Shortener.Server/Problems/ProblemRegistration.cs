namespace Shortener.Server.Problems;

/// <summary>Problems in the pipeline.</summary>
public static class ProblemRegistration
{
    /// <summary>Registers what turns failures into problems.</summary>
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FailureAnswers>();
        builder.Services.AddExceptionHandler<FailureAnswers>();
    }

    /// <summary>Gives every error of what follows in the pipeline a problem as its body.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(FailureAnswers.WriteForStatusAsync);
    }
}
