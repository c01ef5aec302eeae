@main struct Sluiced { static func main() {} }
