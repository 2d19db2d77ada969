namespace Shortener.Core.Destinations;

/// <summary>Why a text cannot be the destination of a link.</summary>
public enum DestinationError
{
    /// <summary>Nothing is wrong: the text is a destination.</summary>
    None,

    /// <summary>The text is empty, or only spaces and control characters.</summary>
    Empty,

    /// <summary>The text does not begin with a scheme, so that it means something only relative to a page.</summary>
    NotAbsolute,

    /// <summary>The scheme is neither http nor https. <c>example.com:8080</c> is one: its scheme is <c>example.com</c>.</summary>
    SchemeNotAllowed,

    /// <summary>The URL has a user name or a password, which would be handed to everybody who follows the link.</summary>
    HasCredentials,

    /// <summary>The host is missing, or is no domain, IPv4 address or IPv6 address that a browser would take.</summary>
    InvalidHost,

    /// <summary>The port is no decimal number from 0 to 65535.</summary>
    InvalidPort,
}
