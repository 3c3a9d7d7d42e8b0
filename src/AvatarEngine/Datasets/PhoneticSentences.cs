namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// Sixty sentences written for this project, rich in closures, rounded and spread vowels, hisses and everyday words; six validate and
/// six test, which no model in training hears.
/// </summary>
internal static class PhoneticSentences
{
    private const int Validation = 6;
    private const int Test = 6;

    /// <summary>All of them; the last twelve are held out.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Mum made five warm apple pies for Bob's big party.",
        "Please put the blue paper box by the open window.",
        "We were away while you wove the white wool shawl.",
        "Fifty fat frogs found a very fine river valley.",
        "She should choose fresh fish and cheese for the journey.",
        "Those three brothers thought the weather was rather cold.",
        "Ugly green eggs grow under the old oak tree.",
        "My boy enjoys the noise of toy drums.",
        "How loud is the brown cow down town?",
        "A few new students flew to the moon in June.",
        "Keep these three sheep near the deep green stream.",
        "Father parked the dark car far from the market.",
        "Look, the good cook took a full cup of sugar.",
        "Paul saw four small dogs on the long lawn.",
        "Bad cats and black rats ran past the back gate.",
        "Seven red hens rested on the wet wooden fence.",
        "Six sisters sing this simple Swiss song.",
        "Go home slowly, for the road is old and broken.",
        "They may take the late train on a rainy day.",
        "Nine bright white kites fly high in the sky tonight.",
        "The nurse heard the first bird early on Thursday.",
        "Come up, young man, the bus must run at once.",
        "Hello, this is Anna from the service desk.",
        "I am afraid the line is busy at the moment.",
        "Could you spell your family name for me, please?",
        "Thank you for waiting, somebody will help you shortly.",
        "Your number is two seven nine five eight zero.",
        "One hundred and forty six euros and thirty cents.",
        "The meeting moved from Monday morning to Friday at four.",
        "Would you mind if I call you back about half past three?",
        "Bring a map, a lamp, a rope and a pump.",
        "Heavy rain makes the village pavement smooth and shiny.",
        "Every fellow in the office voted for a longer vacation.",
        "The judge changed the huge orange page in the garage.",
        "Measure the treasure at your own leisure.",
        "Thirsty Ruth thanked both of the youths for the cloth.",
        "What a wonderful view of the wide western woods!",
        "Babies babble, bubbles burst, and puppies bump their bowls.",
        "Why did the wise old owl wait for the wind?",
        "Ten thin tailors tied tight knots in the tent.",
        "The lazy lion lay along the low yellow hill.",
        "Carry the cup of cocoa carefully to the kitchen.",
        "Strange as it sounds, the sponge soaked up the whole spring.",
        "No one knew the song that the young king sang.",
        "Yes, use the yellow yarn that you used yesterday.",
        "Rose rode her royal horse around the rough ring.",
        "Do you prefer a proper breakfast or a simple cup of tea?",
        "My father-in-law built a boat with a broad brown bow.",
        "Pepper and butter improve a bowl of potato soup.",
        "The chef shows each child which cherry to choose.",
        "Few people believe how far above the roof we live.",
        "Tomorrow the mayor opens the new museum of music.",
        "Oh no, the phone is ringing in the other room!",
        "Calm palms and warm farms, that is what I want.",
        "A purple umbrella popped open above the bishop.",
        "Both sides of the shelf have been shaved very thin.",
        "Wait a while, the waiter will bring more water.",
        "He made them move the piano from the lobby to the bar.",
        "The answer to question number twelve was quite surprising.",
        "Good bye, and give my love to everyone at home.",
    ];

    /// <summary>The sentences that clips of a use speak; people in no model speak all of them.</summary>
    public static IReadOnlyList<string> For(ClipUse use) => use switch
    {
        ClipUse.Train => [.. All.Take(All.Count - Validation - Test)],
        ClipUse.Validation => [.. All.Skip(All.Count - Validation - Test).Take(Validation)],
        ClipUse.Test => [.. All.Skip(All.Count - Test)],
        _ => All,
    };
}
