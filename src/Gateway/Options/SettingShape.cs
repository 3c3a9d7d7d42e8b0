namespace Avatar2D.Gateway.Options;

/// <summary>How many values a setting has.</summary>
public enum SettingShape
{
    /// <summary>One value.</summary>
    Scalar,

    /// <summary>Values in order; a later source replaces the whole list.</summary>
    List,

    /// <summary>Values by name; a later source adds to the map.</summary>
    Map,
}
