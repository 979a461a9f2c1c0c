//! Many scenarios of outside assets on one network.
