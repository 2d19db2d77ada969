namespace Shortener.Server.Management;

/// <summary>The OpenAPI document and the page that shows it.</summary>
public static class ApiDocumentation
{
    /// <summary>Registers the document.</summary>
    public static void AddApiDocumentation(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1");

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/docs</c>.</summary>
    public static void MapApiDocumentation(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.SwaggerEndpoint("/openapi/v1.json", "Shortener v1");
        });
    }
}
