"""What if: real referrals of this site played through rules that are not in force. Reads only, by a connection that can't write."""
