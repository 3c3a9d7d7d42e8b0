using Avatar2D.Media;

namespace Avatar2D.Gateway.Measuring;

/// <summary>Reads how far a mouth stands open off the pixels of a picture alone. One instance serves one stream on one thread.</summary>
internal interface IMouthMeter : IDisposable
{
    /// <summary>What reads, for reports: "landmarks" or "drawing".</summary>
    string Name { get; }

    /// <summary>Measures one picture.</summary>
    /// <param name="picture">The next picture of the stream.</param>
    /// <param name="time">Its time; it rises.</param>
    /// <param name="opening">Distance of the inner lips in eye distances; 0 closed, about 0.3 wide open.</param>
    /// <returns>False when the picture shows no face that can be read.</returns>
    bool TryMeasure(I420View picture, TimeSpan time, out double opening);
}
