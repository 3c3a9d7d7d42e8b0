namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Cut of the hair.</summary>
public enum HairStyle
{
    /// <summary>No hair on the head.</summary>
    Bald,

    /// <summary>A few millimetres all over.</summary>
    Buzz,

    /// <summary>Short sides, longer top swept to one side.</summary>
    ShortSwept,

    /// <summary>Short, brushed up from the forehead.</summary>
    Quiff,

    /// <summary>Chin-length, with a fringe.</summary>
    BobFringe,

    /// <summary>Chin-length, parted.</summary>
    Bob,

    /// <summary>Beyond the shoulders, wavy, parted at the side.</summary>
    LongWavy,

    /// <summary>Beyond the shoulders, straight, parted in the middle.</summary>
    LongStraight,

    /// <summary>Pulled back from the face.</summary>
    TiedBack,

    /// <summary>Round and densely curled.</summary>
    Curly,
}

/// <summary>Hair on the lower face.</summary>
public enum BeardStyle
{
    /// <summary>Shaven.</summary>
    None,

    /// <summary>Some days old.</summary>
    Stubble,

    /// <summary>Moustache alone.</summary>
    Moustache,

    /// <summary>Moustache and chin.</summary>
    Goatee,

    /// <summary>Trimmed beard from ear to ear.</summary>
    Full,
}

/// <summary>Glasses.</summary>
public enum GlassesStyle
{
    /// <summary>No glasses.</summary>
    None,

    /// <summary>Thin metal, round.</summary>
    Round,

    /// <summary>Thicker rim, rectangular.</summary>
    Square,
}

/// <summary>What the person wears.</summary>
public enum ClothesStyle
{
    /// <summary>Round-necked pullover.</summary>
    CrewNeck,

    /// <summary>Shirt with an open collar.</summary>
    Shirt,

    /// <summary>Jacket over a blouse or T-shirt.</summary>
    Blazer,

    /// <summary>Hooded pullover with cords.</summary>
    Hoodie,

    /// <summary>Collar that covers the neck.</summary>
    Turtleneck,
}

/// <summary>What is behind the person.</summary>
public enum BackdropStyle
{
    /// <summary>Smooth studio gradient.</summary>
    Studio,

    /// <summary>Office out of focus.</summary>
    Office,

    /// <summary>Lights out of focus.</summary>
    Bokeh,

    /// <summary>Living room out of focus.</summary>
    Home,
}
