using System.Text.Json;
using Shortener.Core.Links;

namespace Shortener.Server.Management;

/// <summary>Reads what a request asks a link to be. Whether it may be that is checked by <see cref="LinkRules"/>.</summary>
public static class LinkRequest
{
    /// <summary>Members of an answer that may be sent back with a request; they change nothing.</summary>
    public static readonly IReadOnlyList<string> SentBack = ["shortUrl", "createdAt", "updatedAt", "version", "visits"];

    /// <summary>The draft in a request's JSON, with what could not be read.</summary>
    public static LinkDraft Read(JsonElement json)
    {
        var fields = new JsonFields(json);
        var state = fields.Text("state");
        var isSaidToBeExpired = state.Value == LinkStates.NameOf(LinkState.Expired);
        var draft = new LinkDraft
        {
            Url = fields.Text("url"),
            Alias = fields.Text("alias"),
            ExpiresAt = fields.Time("expiresAt"),
            Ttl = fields.Number("ttl"),
            Title = fields.Text("title"),
            Tags = fields.Texts("tags"),
            RedirectStatus = Status(fields.Number("redirectStatus")),
            IsDisabled = isSaidToBeExpired ? default : IsDisabled(state, fields.Errors),
            IsSaidToBeExpired = isSaidToBeExpired,
        };
        fields.Ignore(SentBack);
        fields.RefuseUnknown();
        return draft with { Unreadable = fields.Errors };
    }

    private static Field<int?> Status(Field<long?> number) =>
        number.IsPresent ? new Field<int?>(true, number.Value is { } value ? (int)Math.Clamp(value, 0, 999) : null) : default;

    private static Field<bool> IsDisabled(Field<string> state, List<FieldError> errors)
    {
        if (state is not { IsPresent: true, Value: { } name }) return new Field<bool>(state.IsPresent, false);
        if (!LinkStates.ByName.TryGetValue(name, out var given)) errors.Add(new("state", "Give 'active' or 'disabled'."));
        return given == LinkState.Disabled;
    }
}
